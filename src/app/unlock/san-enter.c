/* san-enter.c - somebody came in: her language, who was here last, what she should know
 *
 * What happened at unlock is said in strips. */
#include "san-enter.h"
#include "san-clock-notice.h"
#include "san-grant-view.h"
#include "san-i18n.h"
#include "san-settings.h"
#include "san-sudden-stop.h"
#include "san-told.h"

static char *
dup_sentence (const char *code)
{
  static const struct { const char *code, *sentence;
  } sentences[] = {
    { "disk-full",
      N_("There is no space left on this laptop. Everything can be read; nothing can be saved.") },
    { "new-journal", N_("This store was restored, copied or turned back. It goes on under a new "
                        "number. Nothing needs to be done.") },
    { "damaged", N_("The laptop stopped suddenly and something is damaged. What can be read is "
                    "here. Call your coordinator, and make a backup now.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (code, sentences[i].code))
      return g_strdup (_(sentences[i].sentence));
  return NULL;
}

static void
show_notices (SanDesk *desk)
{
  SanCentre *centre = san_desk_get_centre (desk);
  g_autoptr(GPtrArray) notices = san_centre_take_notices (centre);

  for (guint i = 0; i < notices->len; i++)
    {
      const char *code = g_ptr_array_index (notices, i);
      g_autofree char *sentence = dup_sentence (code);

      if (g_str_equal (code, "sudden-stop"))
        san_sudden_stop_tell (desk);
      else if (sentence != NULL)
        san_desk_strip (desk, code, "dialog-information-symbolic", sentence, NULL, NULL);
    }
  san_clock_notice_look (desk);
  if (!san_secret_is_locked ())
    san_desk_strip (desk, "memory", "security-medium-symbolic",
                    _("Memory could not be locked on this laptop: keys may reach its swap space."),
                    NULL, NULL);
}

/* The one that she chose here; else the one that she was added with, but in an example the
 * language stays: she looks around in her own. (transfer full) (nullable) */
static char *
dup_language (SanDesk *desk, SanCentre *centre, const char *name)
{
  char *chosen = san_settings_dup_language (san_centre_get_staff (centre));
  g_autoptr(GPtrArray) logins = NULL;

  if (chosen != NULL || san_desk_is_example (desk))
    return chosen;
  logins = san_centre_list_logins (san_desk_get_where (desk), NULL);
  for (guint i = 0; logins != NULL && i < logins->len; i++)
    {
      const SanLoginName *login = g_ptr_array_index (logins, i);

      if (g_str_equal (login->name, name) && *login->language != '\0')
        return g_strdup (login->language);
    }
  return NULL;
}

void
san_enter (SanDesk *desk, SanCentre *centre, const char *name)
{
  g_autofree char *language = dup_language (desk, centre, name);

  san_settings_set_last_login (san_desk_get_where (desk)->store, name);
  if (language != NULL)
    san_desk_set_language (desk, language);
  san_desk_set_own_digits (desk, san_settings_get_own_digits (san_centre_get_staff (centre)));
  san_desk_open (desk, centre);
  show_notices (desk);
  san_grant_look (desk);
  san_told_look (desk);
}
