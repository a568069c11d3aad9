/* san-bundle-reader.h - read one bundle, step by step, believing nothing before it is proven
 *
 * 1 open: 544 bytes, one tag for each own key     NOT_FOR_US, INCOMPLETE (shorter)
 * 2 read_header: the commitment                   DAMAGED
 * 3 read_manifest: intro, manifest, signature     UNTRUSTED, TOO_NEW, DAMAGED, INCOMPLETE
 * 4 next, until SAN_ITEM_END                      DAMAGED, INCOMPLETE
 * Only SAN_ITEM_END says that the whole is sound: until then nothing may be kept. */
#pragma once
#include "san-intro.h"
#include "san-manifest.h"
#include "san-payload.h"
#include "san-source.h"
G_BEGIN_DECLS

typedef struct _SanBundleReader SanBundleReader;

typedef enum
{
  SAN_SENDER_UNKNOWN,                   /* "from somebody we do not know" */
  SAN_SENDER_BY_INTRO,              /* the centre is paired or met: the intro may name the device */
  SAN_SENDER_KNOWN,                     /* sign_pk is filled in */
} SanSenderKnown;

/**
 * SanFindSender:
 * @intro: (nullable): the chain that came along, proven in itself; NULL if none or not sound
 * @sign_pk: filled in for %SAN_SENDER_KNOWN
 */
typedef SanSenderKnown (*SanFindSender) (const SanId32 *centre, const SanId16 *device,
                                         const SanIntro *intro, SanId32 *sign_pk,
                                         gpointer user_data);

typedef struct { SanItemType type; GBytes *bytes; } SanBundleItem;

/**
 * san_bundle_reader_open:
 * @source: (transfer full): taken also on failure
 * @keys: (element-type SanBoxKey): own keys to try, newest first
 *
 * Reads 544 bytes. Returns: %SAN_ERROR_NOT_FOR_US if no key fits, %SAN_ERROR_INCOMPLETE if the
 * file is shorter
 */
SanBundleReader   *san_bundle_reader_open          (SanSource *source, GPtrArray *keys,
                                                    GError **error);
/* which of keys fitted */
guint              san_bundle_reader_get_key_index (const SanBundleReader *self);

/* Reads the other 56. The commitment names this bundle for ever: "already applied" is asked by it.
 */
gboolean           san_bundle_reader_read_header   (SanBundleReader *self, SanId32 *commitment,
                                                    GError **error);

/**
 * san_bundle_reader_read_manifest:
 *
 * Reads intro, manifest and signature, asks @find for the device's key, and checks the signature,
 * that the own key is among the recipients, and that the file is as long as it must be.
 */
gboolean           san_bundle_reader_read_manifest (SanBundleReader *self, SanFindSender find,
                                                    gpointer user_data, GError **error);
/* after read_manifest */
/* Is the manifest what its device signed? It may be so although what follows it is cut off. */
gboolean           san_bundle_reader_is_proven     (const SanBundleReader *self);
const SanManifest *san_bundle_reader_get_manifest  (const SanBundleReader *self);
const SanIntro    *san_bundle_reader_get_intro     (const SanBundleReader *self);   /* (nullable) */

/**
 * san_bundle_reader_next:
 * @item: empty or cleared; cleared with san_bundle_item_clear()
 *
 * The next item. After the last one the payload's hash, its counts, the zeros and the final
 * frame are checked, and the type is %SAN_ITEM_END. One item's bytes are in memory at a time.
 */
gboolean           san_bundle_reader_next          (SanBundleReader *self, SanBundleItem *item,
                                                    GCancellable *cancellable, GError **error);
void               san_bundle_reader_free          (SanBundleReader *self);
void               san_bundle_item_clear           (SanBundleItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanBundleReader, san_bundle_reader_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanBundleItem, san_bundle_item_clear)

G_END_DECLS
