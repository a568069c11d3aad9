/* cheap-definitions.c - forms and programme are read once, for tests that open a centre a thousand
 * times
 *
 * Linked with --wrap of both names. What is read never changes, so whoever asks gets the same. */
#include "san-programme.h"

SanCatalogue *__real_san_catalogue_load (const char *data_dir, GError **error);
SanProgramme *__real_san_programme_load (const char *data_dir, SanCatalogue *catalogue,
                                         GError **error);
SanCatalogue *__wrap_san_catalogue_load (const char *data_dir, GError **error);
SanProgramme *__wrap_san_programme_load (const char *data_dir, SanCatalogue *catalogue,
                                         GError **error);

static SanCatalogue *the_catalogue;
static SanProgramme *the_programme;

SanCatalogue *
__wrap_san_catalogue_load (const char *data_dir, GError **error)
{
  if (the_catalogue == NULL)
    the_catalogue = __real_san_catalogue_load (data_dir, error);
  return the_catalogue != NULL ? san_catalogue_ref (the_catalogue) : NULL;
}

SanProgramme *
__wrap_san_programme_load (const char *data_dir, SanCatalogue *catalogue, GError **error)
{
  if (the_programme == NULL)
    the_programme = __real_san_programme_load (data_dir, catalogue, error);
  return the_programme != NULL ? san_programme_ref (the_programme) : NULL;
}

static void __attribute__ ((destructor))
forget (void)
{
  g_clear_pointer (&the_programme, san_programme_unref);
  g_clear_pointer (&the_catalogue, san_catalogue_unref);
}
