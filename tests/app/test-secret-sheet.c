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

#define CODE "7Q4KM-2N18D-F8GPH-CRJRT-1BYTG-WPMZ5"

static const char *const code_en[] = {
  "Type the code back into Sanrakshan, so that we know it is right.",
  "Fold this sheet, the code inside, and put it into an envelope.",
  "Close the envelope and sign across the flap.",
  "Keep it in a safe place outside the centre’s office.",
  NULL,
};
static const char *const code_hi[] = {
  "कोड को संरक्षण में वापस लिखें, ताकि पता चले कि वह सही है।",
  "यह काग़ज़ मोड़ें, कोड अंदर की ओर, और लिफ़ाफ़े में रखें।",
  "लिफ़ाफ़ा बंद करें और उसके मुँह पर दस्तखत करें।",
  "इसे केंद्र के दफ़्तर से बाहर किसी सुरक्षित जगह रखें।",
  NULL,
};
static const char *const code_bn[] = {
  "কোডটা সংরক্ষণে আবার লিখুন, যাতে জানা যায় যে এটা ঠিক।",
  "কোড ভিতরে রেখে এই কাগজ ভাঁজ করুন, আর খামে ভরুন।",
  "খাম বন্ধ করুন আর মুখে সই করুন।",
  "কেন্দ্রের অফিসের বাইরে কোনো নিরাপদ জায়গায় রাখুন।",
  NULL,
};
static const char *const code_mr[] = {
  "कोड संरक्षणमध्ये पुन्हा लिहा, म्हणजे तो बरोबर आहे हे कळेल.",
  "कोड आत ठेवून हा कागद दुमडा आणि पाकिटात ठेवा.",
  "पाकीट बंद करा आणि तोंडावर सही करा.",
  "ते केंद्राच्या कार्यालयाबाहेर सुरक्षित जागी ठेवा.",
  NULL,
};
static const char *const slip_en[] = {
  "Choose your name in Sanrakshan.",
  "Type these four words.",
  "Choose a passphrase of your own, which nobody else knows.",
  "Tear this sheet up. The slip is good once.",
  NULL,
};
static const char *const slip_hi[] = {
  "संरक्षण में अपना नाम चुनें।",
  "ये चार शब्द लिखें।",
  "अपना गुप्त वाक्य चुनें, जिसे और कोई न जाने।",
  "यह काग़ज़ फाड़ दें। परची एक ही बार चलती है।",
  NULL,
};
static const char *const slip_bn[] = {
  "সংরক্ষণে নিজের নাম বাছুন।",
  "এই চারটি শব্দ লিখুন।",
  "নিজের একটা গোপন বাক্য বাছুন, যা আর কেউ জানে না।",
  "এই কাগজ ছিঁড়ে ফেলুন। স্লিপ একবারই চলে।",
  NULL,
};
static const char *const slip_mr[] = {
  "संरक्षणमध्ये तुमचे नाव निवडा.",
  "हे चार शब्द लिहा.",
  "स्वतःचे गुप्त वाक्य निवडा, जे दुसऱ्या कोणाला माहीत नाही.",
  "हा कागद फाडून टाका. चिठ्ठी एकदाच चालते.",
  NULL,
};

static const Case cases[] = {
  { "code-en", CODE,
    { .heading = "Recovery code of Shefali Bari",
      .day = "26 Nov 2026",
      .steps = code_en,
      .why = "Without this code and without a superintendent nobody can open the records. Copy "
             "it nowhere else, and take no photo of it.",
      .cut = "Cut here and glue this part onto the envelope.",
      .label = "Open it only when no superintendent can open the records any more.",
      .seal = "Closed by" } },
  { "code-hi", CODE,
    { .heading = "शेफाली बाड़ी का लिफ़ाफ़े वाला कोड",
      .day = "26 नव॰ 2026",
      .steps = code_hi,
      .why = "इस कोड के और अधीक्षिका के बिना रिकॉर्ड कोई नहीं खोल सकता। इसे और कहीं न लिखें, "
             "इसकी फ़ोटो न लें।",
      .cut = "यहाँ से काटें और यह हिस्सा लिफ़ाफ़े पर चिपकाएँ।",
      .label = "इसे तभी खोलें जब कोई अधीक्षिका रिकॉर्ड न खोल पाए।",
      .seal = "किसने बंद किया" } },
  { "code-bn", CODE,
    { .heading = "শেফালি বাড়ি-এর খামের কোড",
      .day = "26 নভে 2026",
      .steps = code_bn,
      .why = "এই কোড আর সুপারিনটেন্ডেন্ট ছাড়া কেউ রেকর্ড খুলতে পারে না। আর কোথাও লিখবেন না, এর "
             "ছবি তুলবেন না।",
      .cut = "এখানে কাটুন আর এই অংশ খামের উপর আঠা দিয়ে লাগান।",
      .label = "কোনো সুপারিনটেন্ডেন্ট আর রেকর্ড খুলতে না পারলে তবেই এটা খুলুন।",
      .seal = "কে বন্ধ করেছেন" } },
  { "code-mr", CODE,
    { .heading = "शेफाली बारी चा पाकिटातला कोड",
      .day = "26 नोव्हें 2026",
      .steps = code_mr,
      .why = "हा कोड आणि अधीक्षिका नसतील तर नोंदी कोणी उघडू शकत नाही. तो आणखी कुठे लिहू नका, "
             "त्याचा फोटो काढू नका.",
      .cut = "इथे कापा आणि हा भाग पाकिटावर चिकटवा.",
      .label = "कोणतीही अधीक्षिका नोंदी उघडू शकत नसेल तेव्हाच हे उघडा.",
      .seal = "कोणी बंद केले" } },
  { "slip-en", "river lamp seven cloud",
    { .heading = "Slip for Ira", .day = "26 Nov 2026", .steps = slip_en } },
  { "slip-hi", "river lamp seven cloud",
    { .heading = "इरा की परची", .day = "26 नव॰ 2026", .steps = slip_hi } },
  { "slip-bn", "river lamp seven cloud",
    { .heading = "ইরা-এর স্লিপ", .day = "26 নভে 2026", .steps = slip_bn } },
  { "slip-mr", "river lamp seven cloud",
    { .heading = "इरा साठी चिठ्ठी", .day = "26 नोव्हें 2026", .steps = slip_mr } },
  { "long", "WWWWW-WWWWW-WWWWW-WWWWW-WWWWW-WWWWW",
    { .heading = "Recovery code of a centre whose name is as long as a name of a centre may ever "
                 "be, and so on",
      .day = "26 November 2026",
      .steps = code_hi,
      .why = "Without this code and without a superintendent nobody can open the records. Copy "
             "it nowhere else, and take no photo of it.",
      .cut = "Cut here and glue this part onto the envelope.",
      .label = "Open it only when no superintendent can open the records any more.",
      .seal = "Closed by" } },
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
  end = san_secret_sheet_draw (cr, &sheet, A4_WIDTH - 2 * MARGIN, A4_HEIGHT - 2 * MARGIN);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (dir != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.png", dir, one->name);

      cairo_surface_write_to_png (surface, path);
    }
  g_assert_cmpfloat (end, <=, A4_HEIGHT - 2 * MARGIN);
  g_assert_false (is_white (surface, 0, 0, width, height));
  g_assert_true (is_white (surface, 0, 0, margin, height));
  g_assert_true (is_white (surface, width - margin, 0, width, height));
  cairo_surface_destroy (surface);
}

/* Whatever fonts a laptop has. */
static void
test_too_long_is_drawn_smaller (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
      g_autoptr(SanSecret) secret = san_secret_new_copy (cases[i].secret, strlen (cases[i].secret));
      SanSecretSheet sheet = cases[i].sheet;
      cairo_t *cr = cairo_create (surface);
      double end;

      sheet.secret = secret;
      end = san_secret_sheet_draw (cr, &sheet, A4_WIDTH - 2 * MARGIN, A4_HEIGHT / 3.0);
      g_assert_cmpfloat (end, <=, A4_HEIGHT / 3.0);
      g_assert_cmpfloat (end, >, A4_HEIGHT / 6.0);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
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
  g_test_add_func ("/app/secret-sheet/too-long-is-drawn-smaller", test_too_long_is_drawn_smaller);
  return g_test_run ();
}
