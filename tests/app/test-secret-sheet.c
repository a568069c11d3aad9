/* test-secret-sheet.c - a recovery code and a slip on A4: all is on the paper, no group is broken
 *
 * SAN_SHEET_PNG=DIR keeps pictures of them, to look at. */
#include "san-secret-sheet.h"
#include <cairo.h>
#include <string.h>

/* Asked for by a leak sanitizer: font configuration keeps what it read. */
const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig\n";
}

#define A4_WIDTH  595
#define A4_HEIGHT 842
#define MARGIN    54                    /* 19 mm, more than printers ask for */
#define PER_POINT 2

typedef struct
{
  const char    *name, *secret;
  SanSecretSheet sheet;
} Case;

static const Case cases[] = {
  { "code-en",
    "7Q4KM-2N18D-F8GPH-CRJRT-1BYTG-WPMZ5",
    { "Recovery code of Shefali Bari", "26 Nov 2026",
      "Put this sheet into an envelope, sign across the flap, and keep it outside the office. "
      "Without it and without a "
      "superintendent nobody can open the records.",
      NULL } },
  { "code-bn",
    "7Q4KM-2N18D-F8GPH-CRJRT-1BYTG-WPMZ5",
    { "শেফালি বাড়ির খামের কোড", "26 নভে 2026",
      "কাগজটা একটা খামে রাখুন, মুখের উপর সই করুন, আর অফিসের বাইরে রাখুন। "
      "এটা ছাড়া আর সুপারিনটেন্ডেন্ট "
      "ছাড়া কেউ নথি খুলতে পারবে না।",
      NULL } },
  { "slip-en",
    "river lamp seven cloud",
    { "Slip for Ira", "26 Nov 2026",
      "Good once. Choose your name in Sanrakshan, type these four words, then choose your own "
      "passphrase. Tear this sheet "
      "up afterwards.",
      NULL } },
  { "long",
    "WWWWW-WWWWW-WWWWW-WWWWW-WWWWW-WWWWW",
    { "Recovery code of a centre whose name is as long as a name of a centre may ever be, and so",
      "26 November 2026",
      "Put this sheet into an envelope, sign across the flap, and keep it outside the office. "
      "Without it and without a "
      "superintendent nobody can open the records.",
      NULL } },
};

static gboolean
is_white (cairo_surface_t *surface, int left, int top, int right, int bottom)
{
  const guchar *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      {
        guint32 pixel;

        memcpy (&pixel, pixels + (gsize) y * (gsize) stride + 4 * (gsize) x, sizeof pixel);
        if ((pixel & 0xffffff) != 0xffffff)
          return FALSE;
      }
  return TRUE;
}

static void
test_all_is_on_the_paper (gconstpointer data)
{
  const Case *one = data;
  int width = A4_WIDTH * PER_POINT, height = A4_HEIGHT * PER_POINT,
      margin = (MARGIN - 2) * PER_POINT;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  g_autoptr(SanSecret) secret = san_secret_new_copy (one->secret, strlen (one->secret));
  SanSecretSheet sheet = one->sheet;
  const char *dir = g_getenv ("SAN_SHEET_PNG");
  cairo_t *cr = cairo_create (surface);
  double end;

  sheet.secret = secret;
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, PER_POINT, PER_POINT);
  cairo_translate (cr, MARGIN, MARGIN);
  end = san_secret_sheet_draw (cr, &sheet, A4_WIDTH - 2 * MARGIN);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (dir != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.png", dir, one->name);

      cairo_surface_write_to_png (surface, path);
    }
  g_assert_cmpfloat (end, <, A4_HEIGHT - 2 * MARGIN);
  g_assert_false (is_white (surface, 0, 0, width, height));
  g_assert_true (is_white (surface, 0, 0, margin, height));
  g_assert_true (is_white (surface, width - margin, 0, width, height));
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_assert_true (san_crypto_init (NULL));
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name =
          g_strdup_printf ("/app/secret-sheet/all-is-on-the-paper/%s", cases[i].name);

      g_test_add_data_func (name, &cases[i], test_all_is_on_the_paper);
    }
  return g_test_run ();
}
