/* san-told.c - what everybody is told: the recovery code was used; a slip was used twice, a laptop
 * exists twice
 *
 * Until each has pressed Seen, on each laptop. A strip above the page, since not everybody has a
 * page To review. */
#include "san-told.h"
#include "san-code-uses.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-staff.h"

#define STRIP "told"

static void
told_free (gpointer data)
{
  SanTold *self = data;

  g_free (self->sentence);
  g_free (self->more);
  g_free (self);
}

static void
add (GPtrArray *list, char *sentence, const char *more, gboolean can_see)
{
  SanTold *told = g_new0 (SanTold, 1);

  told->sentence = sentence;
  told->more = g_strdup (more);
  told->can_see = can_see;
  g_ptr_array_add (list, told);
}

static char *
dup_day (gint64 ms)
{
  SanInstant at = { ms, san_clock_zone (ms) };
  SanDate day = san_date_from_instant (&at);

  return san_words_date (&day);
}

static void
add_use (GPtrArray *list, const SanCodeUse *use)
{
  g_autofree char *day = dup_day (use->at_ms);
  char *sentence = use->name != NULL
                     /* Translators: a day, and a person's short name */
                     ? san_words_print (_("Recovery code used on %1$s, by %2$s."), day, use->name)
                     : san_words_print (_("Recovery code used on %s."), day);

  add (list, sentence,
       use->counts ? _("If you know nothing of it, speak with your superintendent.")
                   : _("Another laptop used the same code at that time, and its new code is the "
                       "one that is good."),
       TRUE);
}

static gboolean
is_named (GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

static void
add_slips (GPtrArray *list, GPtrArray *staff)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < staff->len; i++)
    {
      const SanStaffRow *row = g_ptr_array_index (staff, i);

      if (!row->same_slip || is_named (names, row->name))
        continue;
      g_ptr_array_add (names, row->name);
      add (list,
           san_words_print (_("The slip of %s was used twice: once here, and once on a copy of "
                              "this laptop."),
                            row->name),
           _("Give her a new slip (Centre, Staff): both logins end, and she makes one of her "
             "own."),
           FALSE);
    }
}

/* Both went on from the same place: a copied or restored laptop beside the one that it was made
 * from. What happens to this one itself is mended by a new number at once. */
static void
add_laptops (GPtrArray *list, GPtrArray *laptops)
{
  for (guint i = 0; i < laptops->len; i++)
    {
      const SanDeviceRow *row = g_ptr_array_index (laptops, i);

      if (!row->exists_twice || row->is_mine || g_str_equal (row->state, "removed"))
        continue;
      add (list,
           g_strdup (_("A laptop of this centre exists twice: two laptops claim the same number. "
                       "What both wrote is kept. Call your coordinator before you go on.")),
           _("Centre, Laptops shows which one it is. Use only one of the two: remove it there, "
             "then let the one that you keep join again."),
           FALSE);
    }
}

GPtrArray *
san_told_list (SanCentre *centre, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (told_free);
  g_autoptr(GPtrArray) uses = san_code_uses_list (centre, TRUE, error);
  g_autoptr(GPtrArray) staff = NULL;
  g_autoptr(GPtrArray) laptops = NULL;

  if (uses == NULL)
    return NULL;
  for (guint i = 0; i < uses->len; i++)
    add_use (list, g_ptr_array_index (uses, i));
  if (!san_centre_is_superintendent (centre))
    return g_steal_pointer (&list);
  staff = san_staff_list (centre, error);
  if (staff == NULL)
    return NULL;
  add_slips (list, staff);
  laptops = san_device_list (centre, error);
  if (laptops == NULL)
    return NULL;
  add_laptops (list, laptops);
  return g_steal_pointer (&list);
}

void
san_told_add (GtkWidget *lines, GPtrArray *told)
{
  for (guint i = 0; i < told->len; i++)
    {
      const SanTold *one = g_ptr_array_index (told, i);
      GtkWidget *row = san_line_row ("dialog-information-symbolic", one->sentence, one->more,
                                     "san-due");

      if (one->can_see)
        {
          GtkWidget *button = san_line_button (_("Seen"), NULL);

          gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.seen");
          gtk_box_append (GTK_BOX (row), button);
        }
      gtk_box_append (GTK_BOX (lines), row);
    }
}

static gpointer
list (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_told_list (centre, error);
}

static void
look (SanDesk *desk, GAsyncReadyCallback looked)
{
  san_worker_run_async (san_desk_get_centre (desk), list, NULL, NULL,
                        (GDestroyNotify) g_ptr_array_unref, NULL, looked, g_object_ref (desk));
}

static void
looked_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(SanDesk) desk = data;
  g_autoptr(GPtrArray) told = san_worker_run_finish (result, NULL);

  if (told != NULL && told->len == 0 && san_desk_is_open (desk))
    san_desk_strip_away (desk, STRIP);
}

/* It may be over; a strip that she closed does not come back. */
static void
changed_cb (SanDesk *desk)
{
  if (san_desk_is_open (desk))
    look (desk, looked_again_cb);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(SanDesk) desk = data;
  g_autoptr(GPtrArray) told = san_worker_run_finish (result, NULL);
  const SanTold *first;

  if (told == NULL || !san_desk_is_open (desk))
    return;
  g_signal_handlers_disconnect_by_func (desk, changed_cb, NULL);
  if (told->len == 0)
    {
      san_desk_strip_away (desk, STRIP);
      return;
    }
  g_signal_connect (desk, "changed", G_CALLBACK (changed_cb), NULL);
  first = g_ptr_array_index (told, 0);
  if (first->can_see)
    san_desk_strip (desk, STRIP, "dialog-information-symbolic", first->sentence, _("Seen"),
                    "win.seen");
  else
    san_desk_strip (desk, STRIP, "dialog-information-symbolic", first->sentence, _("To review"),
                    "win.go::review");
}

void
san_told_look (SanDesk *desk)
{
  look (desk, looked_cb);
}

static gpointer
see (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_code_uses_seen (centre, error) ? g_strdup ("") : NULL;
}

static void
saw_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(SanDesk) desk = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *ok = san_worker_run_finish (result, &error);

  if (!san_desk_is_open (desk))
    return;
  if (ok == NULL)
    {
      san_desk_complain (desk, error);
      return;
    }
  san_told_look (desk);
  san_desk_changed (desk);
}

void
san_told_seen (SanDesk *desk)
{
  if (san_desk_is_open (desk))
    san_worker_run_async (san_desk_get_centre (desk), see, NULL, NULL, g_free, NULL, saw_cb,
                          g_object_ref (desk));
}
