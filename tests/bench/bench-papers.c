/* bench-papers.c - bar 14: 500 notes and papers of 5 MB, until the other side can open them
 *
 * The pen drive goes to and fro between who wrote them and another: a laptop of the same centre,
 * and a partner with whom the child is shared. Notes go at once; pieces only when they were asked
 * for, so that nobody carries photographs that have come another way already. */
#include "san-bench.h"
#include "carry-fixture.h"
#include "san-paper.h"

#define N_NOTES  500
#define N_PAPERS 10
#define PAPER    (512u * 1024)
#define GOAL_S   20
#define LOOKS    6                      /* exchanges of each side at most */

typedef struct
{
  char   *dir;
  char   *stick;
  Laptop *here;
  Laptop *there;
  SanId32 child;
  SanId16 note;
  SanId16 papers[N_PAPERS];
  GBytes *content[N_PAPERS];
} Work;

/* A JPEG whose picture is noise: header, one scan without markers, end. */
static GBytes *
dup_photo (void)
{
  static const guint8 head[] = {
    0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
    0xff, 0xc0, 0, 11, 8, 4, 0, 4, 0, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0
  };
  static const guint8 end[] = { 0xff, 0xd9 };
  guint8 *bytes = g_malloc (PAPER);

  san_random (bytes, PAPER);
  for (guint i = sizeof head; i < PAPER; i++)
    if (bytes[i] == 0xff)
      bytes[i] = 0xfe;
  memcpy (bytes, head, sizeof head);
  memcpy (bytes + PAPER - sizeof end, end, sizeof end);
  return g_bytes_new_take (bytes, PAPER);
}

static void
attach (Work *self, guint i)
{
  g_autofree char *path = g_build_filename (self->dir, "order.jpg", NULL);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  gsize n;
  const char *data;

  self->content[i] = dup_photo ();
  data = g_bytes_get_data (self->content[i], &n);
  g_assert_true (g_file_set_contents (path, data, (gssize) n, NULL));
  san_typed_list_add (typed, "kind", "placement");
  san_typed_list_add_file (typed, "paper", path, NULL);
  san_record_new (self->here->centre, "order", &self->child, typed, &self->papers[i], &error);
  g_assert_no_error (error);
}

static void
write_much (Work *self)
{
  for (guint i = 0; i < N_NOTES; i++)
    self->note = laptop_note (self->here, &self->child, "her aunt may visit on Sundays");
  for (guint i = 0; i < N_PAPERS; i++)
    attach (self, i);
}

static void
begin (Work *self)
{
  self->dir = carry_begin ();
  self->stick = carry_make_place (self->dir, "stick");
  self->here = laptop_new (self->dir, "here");
  self->there = laptop_new (self->dir, "there");
  laptop_found (self->here, "Example Bari");
  self->child = laptop_admit (self->here, "Kadam");
}

static void
settle (Work *self)
{
  for (guint i = 0; i < 3; i++)
    {
      laptop_exchange_quietly (self->here, self->stick);
      laptop_exchange_quietly (self->there, self->stick);
    }
}

static void
end (Work *self)
{
  laptop_free (self->here);
  laptop_free (self->there);
  for (guint i = 0; i < N_PAPERS; i++)
    g_bytes_unref (self->content[i]);
  g_free (self->stick);
  carry_end (self->dir);
}

/* Another laptop of the same centre. */
static void
join (Work *self)
{
  laptop_join (self->there, self->here, self->stick);
  settle (self);
}

/* Another centre, with whom she is shared, and which has taken her up. */
static void
share (Work *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) offers = NULL;
  g_autofree char *id = NULL;

  laptop_found (self->there, "Example Bhavan");
  laptop_pair (self->here, self->there);
  laptop_share (self->here, &self->child, "Example Bhavan");
  settle (self);
  offers = san_offer_list (self->there->centre, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (offers->len, ==, 1);
  id = san_id32_to_text (&((const SanOfferRow *) g_ptr_array_index (offers, 0))->id);
  g_assert_true (san_offer_answer (self->there->centre, id, TRUE, NULL, &error));
  settle (self);
}

/* How many of them open there, byte by byte as they were given here. */
static guint
count_open (const Work *self)
{
  guint n = 0;

  for (guint i = 0; i < N_PAPERS; i++)
    {
      g_autoptr(SanPaper) paper = san_paper_open (self->there->centre, &self->papers[i], "paper",
                                                  NULL);

      if (paper != NULL)
        {
          g_assert_true (g_bytes_equal (paper->content, self->content[i]));
          n++;
        }
    }
  return n;
}

static gboolean
has_notes (Work *self)
{
  return laptop_count_values (self->there, &self->note, "gate") == 1;
}

static double
exchange (Laptop *laptop, const char *stick, double *slowest)
{
  double at = san_bench_now ();

  laptop_exchange_quietly (laptop, stick);
  at = san_bench_now () - at;
  *slowest = MAX (*slowest, at);
  return at;
}

/* One exchange here, then one there, until all opens: in between a person carries the pen drive, so
 * the bar is that of each exchange; it holds for all of them together too. */
static void
measure (const char *whom, void (*know) (Work *self))
{
  Work self = { 0 };
  g_autofree char *name = NULL;
  double all = 0, slowest = 0;
  guint notes = 0, papers = 0;

  begin (&self);
  know (&self);
  write_much (&self);
  g_assert_cmpuint (count_open (&self), ==, 0);
  for (guint i = 1; i <= LOOKS && papers == 0; i++)
    {
      all += exchange (self.here, self.stick, &slowest);
      all += exchange (self.there, self.stick, &slowest);
      if (notes == 0 && has_notes (&self))
        notes = i;
      if (count_open (&self) == N_PAPERS)
        papers = i;
    }
  g_assert_cmpuint (notes, >, 0);
  g_assert_cmpuint (papers, >, 0);
  g_print ("bar 14, %s: %u notes are read after %u exchange of each side, %u papers (%.0f MB) open "
           "after %u\n", whom, N_NOTES, notes, N_PAPERS, N_PAPERS * PAPER / 1048576.0, papers);
  name = g_strdup_printf ("bar 14, %s: the slowest exchange", whom);
  san_bench_limit (name, slowest, GOAL_S, "s");
  g_free (name);
  name = g_strdup_printf ("bar 14, %s: all %u of them", whom, 2 * papers);
  san_bench_limit (name, all, GOAL_S, "s");
  end (&self);
}

int
main (void)
{
  g_assert_true (san_crypto_init (NULL));
  san_bench_header ("papers (bar 14: everything exchanged within 20 s)");
  measure ("to a laptop of the same centre", join);
  measure ("to a partner", share);
  return 0;
}
