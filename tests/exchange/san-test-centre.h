/* san-test-centre.h - a small centre with all of its keys, made from one letter */
#pragma once
#include "san-entry.h"
#include "san-founding.h"
#include "san-authority-body.h"
#include "san-bundle-reader.h"
#include "san-bundle-writer.h"
G_BEGIN_DECLS

typedef struct
{
  SanId16 id;
  SanSignKey *sign;
  SanBoxKey *box;
  SanId16 journal;
  SanId16 staff;                   /* who sits here */
  SanSignKey *seat;
  SanBoxKey *seat_box;
} TestDevice;

typedef struct
{
  SanId32 centre;
  SanSignKey *recovery;
  SanBoxKey *recovery_box;
  TestDevice first;
  GPtrArray *entries;              /* of GBytes: the authority dossier, causal order */
  SanId32 last;                    /* of the first device's journal */
  guint64 number;
} TestCentre;

SanSecret  *test_seed               (const char *name);       /* the same name, the same 32 bytes */
void        test_device_init        (TestDevice *self, const char *name);
void        test_device_clear       (TestDevice *self);
TestCentre *test_centre_new         (const char *name);
void        test_centre_free        (TestCentre *self);
/* an operation by the given author (NULL: the recovery key), in that device's journal */
SanId32     test_centre_add         (TestCentre *self, const TestDevice *on,
                                     const SanSignKey *author, SanAuthorityBody *body /* taken */);
void        test_centre_add_device  (TestCentre *self, const TestDevice *device);
void        test_centre_add_seat    (TestCentre *self, const TestDevice *device, const char *role);
SanBundleSpec test_centre_spec      (TestCentre *self, SanId32 *recipients, guint n,
                                     const char *temp_dir);
/* an entry of some dossier: well-formed, signed by the centre's first seat */
GBytes     *test_entry              (TestCentre *self, const SanId32 *dossier,
                                     const SanId16 *journal, guint64 number, gsize body);

char       *test_dir_new            (void);
void        test_dir_remove         (char *path);                    /* with all in it; frees */
guint       test_dir_count          (const char *path);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestCentre, test_centre_free)
typedef char TestDir;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestDir, test_dir_remove)

G_END_DECLS
