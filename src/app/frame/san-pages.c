/* san-pages.c - the table of all pages: a new page is a line here */
#include "san-pages.h"
#include "san-access-page.h"
#include "san-admit-page.h"
#include "san-backup-page.h"
#include "san-centre-page.h"
#include "san-child-page.h"
#include "san-children-page.h"
#include "san-exchange-page.h"
#include "san-form-page.h"
#include "san-grant-view.h"
#include "san-help-page.h"
#include "san-i18n.h"
#include "san-join-page.h"
#include "san-my-page.h"
#include "san-pair-page.h"
#include "san-paper-page.h"
#include "san-preferences-page.h"
#include "san-ready-page.h"
#include "san-renew-page.h"
#include "san-restore-page.h"
#include "san-review-page.h"
#include "san-scale-page.h"
#include "san-session-page.h"
#include "san-setup-page.h"
#include "san-share-page.h"
#include "san-shortcuts-page.h"
#include "san-today-page.h"
#include "san-unlock-page.h"
#include "san-welcome-page.h"

static const SanPageKind kinds[] = {
  /* name, word in the sidebar, icon, below the line, outside, type */
  { "access", NULL, NULL, FALSE, FALSE, san_access_page_get_type },
  { "admit", NULL, NULL, FALSE, FALSE, san_admit_page_get_type },
  { "backup", N_("Backup and check"), "security-high-symbolic", TRUE, FALSE,
    san_backup_page_get_type },
  { "centre", N_("Centre"), "emblem-system-symbolic", FALSE, FALSE, san_centre_page_get_type },
  { "child", NULL, NULL, FALSE, FALSE, san_child_page_get_type },
  { "children", N_("Children"), "system-users-symbolic", FALSE, FALSE,
    san_children_page_get_type },
  { "exchange", N_("Exchange"), "mail-send-receive-symbolic", FALSE, FALSE,
    san_exchange_page_get_type },
  { "form", NULL, NULL, FALSE, FALSE, san_form_page_get_type },
  { "grant", NULL, NULL, FALSE, FALSE, san_grant_page_get_type },
  { "help", NULL, NULL, FALSE, SAN_PAGE_EVERYWHERE, san_help_page_get_type },
  { "join", NULL, NULL, FALSE, TRUE, san_join_page_get_type },
  { "my-page", NULL, NULL, FALSE, FALSE, san_my_page_get_type },
  { "pair", NULL, NULL, FALSE, FALSE, san_pair_page_get_type },
  { "paper", NULL, NULL, FALSE, FALSE, san_paper_page_get_type },
  { "preferences", NULL, NULL, FALSE, FALSE, san_preferences_page_get_type },
  { "ready", NULL, NULL, FALSE, FALSE, san_ready_page_get_type },
  { "recovery", NULL, NULL, FALSE, TRUE, san_renew_page_get_type },
  { "restore", NULL, NULL, FALSE, TRUE, san_restore_page_get_type },
  { "review", N_("To review"), "view-dual-symbolic", TRUE, FALSE, san_review_page_get_type },
  { "scale", NULL, NULL, FALSE, FALSE, san_scale_page_get_type },
  { "session", NULL, NULL, FALSE, FALSE, san_session_page_get_type },
  { "setup", NULL, NULL, FALSE, TRUE, san_setup_page_get_type },
  { "share", NULL, NULL, FALSE, FALSE, san_share_page_get_type },
  { "shortcuts", NULL, NULL, FALSE, FALSE, san_shortcuts_page_get_type },
  { "slip", NULL, NULL, FALSE, TRUE, san_renew_page_get_type },
  { "today", N_("Today"), "task-due-symbolic", FALSE, FALSE, san_today_page_get_type },
  { "unlock", NULL, NULL, FALSE, TRUE, san_unlock_page_get_type },
  { "welcome", NULL, NULL, FALSE, TRUE, san_welcome_page_get_type },
};

const SanPageKind *
san_pages_list (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

const SanPageKind *
san_pages_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return &kinds[i];
  return NULL;
}
