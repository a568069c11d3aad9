/* san-desk-words.c - in which words the window speaks: her language, her digits, who lives here
 *
 * Who lives here is a setting of the centre, so it can come in from another laptop. It is looked at
 * whenever something came in; what is on the screen then stays, and what is opened next speaks as
 * it should. */
#include "san-about.h"
#include "san-desk-private.h"
#include "san-digits.h"
#include "san-language.h"

static gpointer
tell_language (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  san_centre_set_language (centre, input);
  return NULL;
}

/* As the worker's next piece of work: what is under way finishes in the old language. */
static void
tell_centre (SanDesk *self)
{
  SanCentre *centre = san_desk_get_centre (self);

  if (centre != NULL)
    san_worker_run_async (centre, tell_language, g_strdup (san_language_of_labels ()), g_free,
                          NULL, NULL, NULL, NULL);
}

static void
make_anew (SanDesk *self)
{
  g_signal_emit_by_name (self, "language-changed");
}

const char *
san_desk_get_language (SanDesk *self)
{
  return san_language_of_labels ();
}

void
san_desk_set_language (SanDesk *self, const char *language)
{
  if (g_str_equal (san_language_get (), language))
    return;
  san_language_set (language);
  tell_centre (self);
  make_anew (self);
}

void
san_desk_set_own_digits (SanDesk *self, gboolean own)
{
  if (own == san_digits_get_own ())
    return;
  san_digits_set_own (own);
  if (san_digits_exist (san_language_get ()))
    make_anew (self);
}

/* TRUE: other words from here on. */
static gboolean
take_children (SanDesk *self, const char *children)
{
  if (!san_language_set_says_she (san_about_says_she (children)))
    return FALSE;
  tell_centre (self);
  return TRUE;
}

void
san_desk_set_children (SanDesk *self, const char *children)
{
  if (san_desk_is_open (self) && take_children (self, children))
    make_anew (self);
}

void
san_desk_begin_words (SanDesk *self)
{
  san_language_set_says_she (
      san_about_says_she (san_centre_get_children (san_desk_get_centre (self))));
  tell_centre (self);
}

void
san_desk_end_words (void)
{
  san_language_set_says_she (FALSE);
}

static gpointer
read_children (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_about_dup_children (centre, error);
}

static void
children_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *children = san_worker_run_finish (result, NULL);

  if (children != NULL)
    take_children (data, children);
}

void
san_desk_look_at_words (SanDesk *self)
{
  san_desk_ask (self, NULL, read_children, NULL, NULL, g_free, children_cb, self);
}
