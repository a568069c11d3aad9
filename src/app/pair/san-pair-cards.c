/* san-pair-cards.c - what the pairing page asks the worker: cards as files, the number, the end */
#include "san-pair-cards.h"
#include "san-file.h"
#include <string.h>

#define CARD_LIMIT  4096
#define ENDING      ".sancard"
#define FOUND_LIMIT 20u

void
san_found_card_free (SanFoundCard *self)
{
  g_free (self->path);
  g_bytes_unref (self->bytes);
  g_clear_pointer (&self->info, san_card_info_free);
  g_free (self);
}

/* Named by the beginning of the centre's id: two cards on one pen drive do not meet. */
gpointer
san_pair_give (SanCentre *centre, gpointer folder, GCancellable *cancellable, GError **error)
{
  g_autofree char *hex = san_id32_to_text (san_centre_get_id (centre));
  g_autofree char *name = g_strdup_printf ("sanrakshan-%.6s" ENDING, hex);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GBytes) card = san_card_make (centre, error);

  if (card == NULL || !san_file_replace (path, card, 0644, error))
    return NULL;
  return g_steal_pointer (&path);
}

gpointer
san_pair_open (SanCentre *centre, gpointer path, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) bytes = san_file_read (path, CARD_LIMIT, error);
  SanCardInfo *info = bytes != NULL ? san_card_read (centre, bytes, error) : NULL;
  SanFoundCard *found;

  if (info == NULL)
    return NULL;
  found = g_new0 (SanFoundCard, 1);
  found->path = g_strdup (path);
  found->bytes = g_steal_pointer (&bytes);
  found->info = info;
  return found;
}

/* Whatever is no card, or our own, is passed over in silence: nobody asked for it yet. */
gpointer
san_pair_find (SanCentre *centre, gpointer folders, GCancellable *cancellable, GError **error)
{
  GPtrArray *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) san_found_card_free);
  char **folder = folders;

  for (; *folder != NULL; folder++)
    {
      g_auto(GStrv) names = san_file_list (*folder, NULL);

      for (guint i = 0; names != NULL && names[i] != NULL && cards->len < FOUND_LIMIT; i++)
        {
          g_autofree char *path = g_build_filename (*folder, names[i], NULL);
          SanFoundCard *found = g_str_has_suffix (names[i], ENDING)
                                  ? san_pair_open (centre, path, NULL, NULL)
                                  : NULL;

          if (found != NULL && !found->info->ours)
            g_ptr_array_add (cards, found);
          else if (found != NULL)
            san_found_card_free (found);
        }
    }
  return cards;
}

void
san_pair_digits_free (SanPairDigits *self)
{
  g_bytes_unref (self->card);
  g_free (self->digits);
  g_free (self);
}

void
san_pair_number_free (SanPairNumber *self)
{
  g_free (self->digits);
  g_free (self->number);
  g_free (self);
}

void
san_pair_typed_free (SanPairTyped *self)
{
  g_bytes_unref (self->card);
  g_free (self->typed);
  g_free (self);
}

gpointer
san_pair_number_ask (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const SanPairDigits *digits = input;
  SanPairNumber *number = g_new0 (SanPairNumber, 1);

  if (san_card_number (centre, digits->card, digits->digits, &number->digits, &number->number,
                       error))
    return number;
  san_pair_number_free (number);
  return NULL;
}

gpointer
san_pair_accept (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const SanPairTyped *typed = input;

  return san_card_accept (centre, typed->card, typed->typed, error)
           ? g_strdup (typed->typed) : NULL;
}

char *
san_pair_spaced (const char *digits)
{
  return strlen (digits) == 6 ? g_strdup_printf ("%.3s %s", digits, digits + 3) : g_strdup (digits);
}

char *
san_pair_six (const char *typed)
{
  char six[7] = { 0 };
  guint n = 0;

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (g_unichar_isspace (letter) || letter == '-')
        continue;
      if (!g_unichar_isdigit (letter) || n == 6)
        return NULL;
      six[n++] = (char) ('0' + g_unichar_digit_value (letter));
    }
  return n == 6 ? g_strdup (six) : NULL;
}
