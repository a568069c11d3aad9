/* san-programme.h - what is expected by when, and how sheets are scored: read once from data/
 *
 * programme/ID.xml and instruments/ID.xml are checked against the grammars beside them and
 * against the catalogue; one mistake refuses the folder, with file, line and reason. A programme
 * never changes. */
#pragma once
#include "san-catalogue.h"
#include "san-instrument.h"
#include "san-milestone.h"
G_BEGIN_DECLS

#define SAN_PROGRAMME_MAX_MILESTONES  1024u
#define SAN_PROGRAMME_MAX_INSTRUMENTS 128u

typedef struct _SanProgramme SanProgramme;  /* immutable, reference counted */

SanProgramme        *san_programme_load               (const char          *data_dir,
                                                       SanCatalogue        *catalogue,
                                                       GError             **error);
SanProgramme        *san_programme_ref                (SanProgramme        *self);
void                 san_programme_unref              (SanProgramme        *self);
SanCatalogue        *san_programme_get_catalogue      (const SanProgramme  *self);    /* borrowed */
guint                san_programme_get_n_milestones   (const SanProgramme  *self);
const SanMilestone  *san_programme_get_milestone      (const SanProgramme  *self,
                                                       guint                i);
const SanMilestone  *san_programme_find_milestone     (const SanProgramme  *self,
                                                       const char          *id); /* (nullable) */
guint                san_programme_get_n_instruments  (const SanProgramme  *self);
const SanInstrument *san_programme_get_instrument     (const SanProgramme  *self,
                                                       guint                i);  /* by id */
const SanInstrument *san_programme_find_instrument    (const SanProgramme  *self,
                                                       const char          *id); /* (nullable) */
/* Bit c: due rows of compartment c may be other ones once records of that form are. An unknown
 * form: all bits. */
guint                san_programme_get_concerned      (const SanProgramme  *self,
                                                       const char          *form); /* id */
gboolean             san_concern_states               (const SanForm       *form,
                                                       const char          *fact);
/* SHA-256 over names and bytes of every file read, 64 hex letters: rows derived under another
 * digest are to be derived again. */
const char          *san_programme_get_digest         (const SanProgramme  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanProgramme, san_programme_unref)

G_END_DECLS
