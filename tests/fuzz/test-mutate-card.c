/* test-mutate-card.c - thousands of damaged cards, as they come and signed again by their maker */
#include "san-card.h"
#include "san-mutate.h"
#include "san-test-centre.h"

#include "san-writer.h"

#include <string.h>

#define ROUNDS 4000

static TestCentre *ours;
static SanCard *centre_card;
static SanCard *join_card;

static SanCard *
make (SanCardKind kind)
{
  SanCardRing rings[2] = { { .compartment = 0 }, { .compartment = 1 } };
  SanCardSpec spec = {
    .kind = kind,
    .centre = ours->centre,
    .device = ours->first.id,
    .device_sign_key = ours->first.sign,
    .device_box_key = ours->first.box,
    .staff = ours->first.staff,
    .seat_sign_key = ours->first.seat,
    .seat_box_key = ours->first.seat_box,
    .role = "superintendent+nurse",
    .label = "Asha Kiran",
    .wall = 5,
    .rings = rings,
    .n_rings = kind == SAN_CARD_CENTRE ? 2 : 0,
  };
  SanCard *card = san_card_new (&spec, NULL);

  g_assert_nonnull (card);
  return card;
}

/* The card's bytes from what it says of itself, without its signature. */
static GBytes *
write_again (const SanCard *card)
{
  const SanCardRing *rings;
  const char *label = san_card_get_label (card);
  gboolean is_centre = san_card_get_kind (card) == SAN_CARD_CENTRE;
  SanWriter writer;
  guint n;

  rings = san_card_get_rings (card, &n);
  san_writer_init (&writer);
  san_writer_put_magic (&writer, "SANC");
  san_writer_put_u8 (&writer, 1);
  san_writer_put_u8 (&writer, is_centre ? 1 : 2);
  san_writer_put_u16 (&writer, 0);
  san_writer_put_id32 (&writer, is_centre ? san_card_get_centre (card) : &san_id32_zero);
  san_writer_put_bytes (&writer, san_card_get_device_record (card));
  san_writer_put_bytes (&writer, san_card_get_seat_record (card));
  san_writer_put_u8 (&writer, (guint8) n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (rings[i].compartment, <, 6);
      san_writer_put_u8 (&writer, rings[i].compartment);
      san_writer_put_id32 (&writer, &rings[i].id);
      san_writer_put_id32 (&writer, &rings[i].pk);
    }
  g_assert_true (g_utf8_validate (label, -1, NULL));
  san_writer_put_u8 (&writer, (guint8) strlen (label));
  san_writer_put (&writer, label, strlen (label));
  san_writer_put_u64 (&writer, san_card_get_wall (card));
  return san_writer_end (&writer);
}

static SanCard *
parse (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  SanCard *card = san_card_parse (bytes, &ours->centre, &error);

  g_assert_true ((card == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_true (error->domain == SAN_ERROR);
  return card;
}

static void
test_strangers (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (7));
  guint rounds = san_mutate_rounds (ROUNDS);

  for (guint i = 0; i < rounds; i++)
    {
      GBytes *good = san_card_get_bytes (i % 2 ? centre_card : join_card);
      GBytes *other = san_card_get_bytes (i % 2 ? join_card : centre_card);
      g_autoptr(GBytes) mutant = san_mutator_next (mutator, good, other);
      g_autoptr(SanCard) card = parse (mutant);

      if (card != NULL && !g_bytes_equal (mutant, good))
        g_test_fail_printf ("a changed card was taken, round %u", i);
    }
}

static void
test_makers (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (8));
  guint rounds = san_mutate_rounds (ROUNDS);
  guint n_taken = 0;

  for (guint i = 0; i < rounds; i++)
    {
      GBytes *whole = san_card_get_bytes (i % 2 ? centre_card : join_card);
      GBytes *other = san_card_get_bytes (i % 2 ? join_card : centre_card);
      g_autoptr(GBytes) good = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) - 64);
      g_autoptr(GBytes) mutant = san_mutator_next (mutator, good, other);
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GBytes) again = NULL;
      g_autoptr(SanCard) card = NULL;
      gsize n = g_bytes_get_size (mutant);
      guint8 *signed_bytes = g_malloc (n + 64);

      if (n > 0)
        memcpy (signed_bytes, g_bytes_get_data (mutant, NULL), n);
      san_sign (ours->first.sign, "san1.card", signed_bytes, n, signed_bytes + n);
      bytes = g_bytes_new_take (signed_bytes, n + 64);
      card = parse (bytes);
      if (card == NULL)
        continue;
      again = write_again (card);
      if (!g_bytes_equal (again, mutant))
        g_test_fail_printf ("a card was taken that we would not have written, round %u", i);
      n_taken++;
    }
  g_test_message ("%u of %u cards signed again were in form", n_taken, rounds);
}

static void
test_texts (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (9));
  guint rounds = san_mutate_rounds (ROUNDS);
  g_autofree char *text = san_card_to_text (centre_card);
  g_autoptr(GBytes) good = g_bytes_new (text, strlen (text));

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr(GBytes) mutant = san_mutator_next (mutator, good, NULL);
      g_autofree char *changed =
          g_strndup (g_bytes_get_data (mutant, NULL), g_bytes_get_size (mutant));
      g_autoptr(GError) error = NULL;
      g_autoptr(SanCard) card = san_card_from_text (changed, NULL, &error);

      g_assert_true ((card == NULL) == (error != NULL));
      if (card != NULL)
        g_assert_true (g_bytes_equal (san_card_get_bytes (card), san_card_get_bytes (centre_card)));
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ours = test_centre_new ("ours");
  centre_card = make (SAN_CARD_CENTRE);
  join_card = make (SAN_CARD_JOIN);
  g_test_add_func ("/exchange/mutants/changed-cards-are-never-taken", test_strangers);
  g_test_add_func ("/exchange/mutants/signed-cards-are-canonical-or-refused", test_makers);
  g_test_add_func ("/exchange/mutants/changed-texts-are-never-taken", test_texts);
  status = g_test_run ();
  san_card_free (centre_card);
  san_card_free (join_card);
  test_centre_free (ours);
  return status;
}
