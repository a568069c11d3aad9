/* san-page.h - what every page is: a widget made from a stop, given a desk, thrown away on lock */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

#define SAN_TYPE_PAGE (san_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (SanPage, san_page, SAN, PAGE, GtkWidget)

/**
 * SanPageClass:
 * @help: (nullable): topic of data/help that F1 opens
 * @start: the page has its desk and stop and is in the window: ask for what it shows
 * @refresh: something was saved or came in: ask again; keep focus and scroll
 * @dup_view: (nullable): what to find again later (see #SanStop.view); floating
 * @leave: (nullable): the page goes away (lock, back, another page): keep drafts now, at once
 * @save: (nullable): Ctrl+S; @finish: Ctrl+Enter; @next, @previous: Ctrl+PgDn, Ctrl+PgUp;
 *   @reveal: Ctrl+H; @access: Ctrl+I; @new_child_name: what Ctrl+N means here is the frame's
 * @find: (nullable): the page filters what it shows by what is typed into the header's search;
 *   @find_enter: Enter there: opens the first; both or none
 * @finds_focus: on the way back the page finds the row that had the focus itself, by its view; for
 *   others the frame does
 * @first_focus: (nullable) (transfer none): where the focus begins; default: the first that takes
 * it
 *
 * A page lays its one child over itself (GtkBinLayout) and unparents it in dispose, which
 * gtk_widget_dispose_template() does for template children.
 */
struct _SanPageClass
{
  GtkWidgetClass parent_class;

  const char *help;
  void       (*start)       (SanPage *self);
  void       (*refresh)     (SanPage *self);
  GVariant  *(*dup_view)    (SanPage *self);
  void       (*leave)       (SanPage *self);
  void       (*save)        (SanPage *self);
  void       (*finish)      (SanPage *self);
  void       (*next)        (SanPage *self);
  void       (*previous)    (SanPage *self);
  void       (*reveal)      (SanPage *self);
  void       (*access)      (SanPage *self);
  void       (*find)        (SanPage *self, const char *text);
  void       (*find_enter)  (SanPage *self);
  gboolean   finds_focus;
  GtkWidget *(*first_focus) (SanPage *self);
};

/* of a class below */
SanPage       *san_page_new       (GType type, SanDesk *desk, const SanStop *stop);
SanDesk       *san_page_get_desk  (SanPage *self);                             /* (transfer none) */
const SanStop *san_page_get_stop  (SanPage *self);
SanCentre     *san_page_get_centre (SanPage *self);                    /* of its desk; (nullable) */
/* The heading that the header bar shows, "Today", or an alias; never reaches the window's title. */
void           san_page_set_title (SanPage *self, const char *title);
const char    *san_page_get_title (SanPage *self);
/* "Draft kept 10:42", "Saved 10:44": shown at the foot of the sidebar too. */
void           san_page_set_kept  (SanPage *self, const char *sentence);

void           san_page_start     (SanPage *self);
void           san_page_refresh   (SanPage *self);
void           san_page_leave     (SanPage *self);
/* save, finish, next, previous, reveal, access; FALSE: this page does not */
gboolean       san_page_act       (SanPage *self, const char *act);
void           san_page_grab_first_focus (SanPage *self);
SanStop       *san_page_dup_stop  (SanPage *self);                  /* with its view as it is now */

G_END_DECLS
