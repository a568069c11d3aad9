/* san-recovery-code.c - 128 bits that a person can write down and type back
 *
 * Thirty Crockford symbols: 26 of the code (the last with two zero bits) and 4 of a check that
 * finds slips of the pen. The check is not a proof: that is the public key in the entries. */
#include "san-recovery-code.h"

#include <sodium.h>
#include <string.h>

#define CODE_SIZE     16u
#define CODE_SYMBOLS  26u
#define CHECK_SYMBOLS 4u
#define SYMBOLS       (CODE_SYMBOLS + CHECK_SYMBOLS)
#define GROUP         5u
#define TEXT_SIZE     (SYMBOLS + SYMBOLS / GROUP - 1)

static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static guint
take_bits (const guint8 *bytes, gsize from, gsize n_bits)
{
  guint v = 0;

  for (gsize bit = from; bit < from + 5; bit++)
    v = v << 1 | (bit < n_bits ? bytes[bit / 8] >> (7 - bit % 8) & 1u : 0u);
  return v;
}

/**
 * san_crockford_encode:
 *
 * Returns: (transfer full): the first @n_bits, most significant first, filled up with zero bits
 */
char *
san_crockford_encode (const guint8 *bytes, gsize n_bits)
{
  gsize n = (n_bits + 4) / 5;
  char *text = g_malloc (n + 1);

  for (gsize i = 0; i < n; i++)
    text[i] = symbols[take_bits (bytes, 5 * i, n_bits)];
  text[n] = '\0';
  return text;
}

/* The 30 symbols of @code, without groups. */
static void
code_to_symbols (const SanSecret *code, char out[SYMBOLS])
{
  SanId32 check;

  san_hash ("san1.code", san_secret_get_data (code), CODE_SIZE, &check);
  for (guint i = 0; i < CODE_SYMBOLS; i++)
    out[i] = symbols[take_bits (san_secret_get_data (code), 5 * i, 8 * CODE_SIZE)];
  for (guint i = 0; i < CHECK_SYMBOLS; i++)
    out[CODE_SYMBOLS + i] = symbols[take_bits (check.b, 5 * i, 20)];
}

SanSecret *
san_recovery_code_new_random (void)
{
  return san_secret_new_random (CODE_SIZE);
}

/**
 * san_recovery_code_to_text:
 * @code: 16 bytes
 *
 * Returns: (transfer full): 35 letters in six groups of five
 */
SanSecret *
san_recovery_code_to_text (const SanSecret *code)
{
  SanSecret *text = san_secret_new (TEXT_SIZE);
  char *at = (char *) san_secret_get_mutable (text);
  char flat[SYMBOLS];

  g_assert (san_secret_get_size (code) == CODE_SIZE);
  code_to_symbols (code, flat);
  for (guint i = 0; i < SYMBOLS; i++)
    {
      if (i > 0 && i % GROUP == 0)
        *at++ = '-';
      *at++ = flat[i];
    }
  sodium_memzero (flat, sizeof flat);
  return text;
}

/* The value of a letter as people write it: O is 0, I and L are 1; -1: no symbol. */
static int
symbol_value (char letter)
{
  char c = g_ascii_toupper (letter);
  const char *found;

  if (c == 'O')
    c = '0';
  if (c == 'I' || c == 'L')
    c = '1';
  found = c != '\0' ? strchr (symbols, c) : NULL;
  return found != NULL ? (int) (found - symbols) : -1;
}

static gboolean
text_to_values (const char *text, guint8 values[SYMBOLS], GError **error)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      int value;

      if (*p == '-' || g_ascii_isspace (*p))
        continue;
      value = symbol_value (*p);
      if (value < 0)
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                       "recovery code: symbol %u is none that it can have", n + 1);
          return FALSE;
        }
      if (n < SYMBOLS)
        values[n] = (guint8) value;
      n++;
    }
  if (n != SYMBOLS)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "recovery code has %u symbols, needs %u", n, SYMBOLS);
      return FALSE;
    }
  return TRUE;
}

/**
 * san_recovery_code_from_text:
 *
 * Small letters, blanks and hyphens as people like.
 *
 * Returns: (transfer full): the code; %NULL with %SAN_ERROR_INVALID if it is not 30 symbols,
 *   %SAN_ERROR_LOCKED if the check symbols do not fit (a slip of the pen)
 */
SanSecret *
san_recovery_code_from_text (const char *text, GError **error)
{
  g_autoptr(SanSecret) code = san_secret_new (CODE_SIZE);
  guint8 values[SYMBOLS];
  char again[SYMBOLS];
  gboolean same = TRUE;

  if (!text_to_values (text, values, error))
    {
      sodium_memzero (values, sizeof values);
      return NULL;
    }
  for (guint bit = 0; bit < 8 * CODE_SIZE; bit++)
    if (values[bit / 5] >> (4 - bit % 5) & 1)
      san_secret_get_mutable (code)[bit / 8] |= (guint8) (0x80 >> bit % 8);
  code_to_symbols (code, again);
  for (guint i = 0; i < SYMBOLS; i++)
    same = same && symbols[values[i]] == again[i];
  sodium_memzero (values, sizeof values);
  sodium_memzero (again, sizeof again);
  if (!same)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED,
                           "recovery code: its check symbols do not fit");
      return NULL;
    }
  return g_steal_pointer (&code);
}

SanSignKey *
san_recovery_code_sign_key (const SanSecret *code)
{
  g_autoptr(SanSecret) seed = san_derive (code, "san1.rec.sign", NULL, 0);

  return san_sign_key_new_from_seed (seed);
}

SanBoxKey *
san_recovery_code_box_key (const SanSecret *code)
{
  g_autoptr(SanSecret) seed = san_derive (code, "san1.rec.box", NULL, 0);

  return san_box_key_new_from_seed (seed);
}
