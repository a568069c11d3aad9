/* san-bundle.h - the numbers of the bundle's layout, and what follows from them; FORMAT.md */
#pragma once
#include "san-error.h"
#include "san-id.h"
G_BEGIN_DECLS

#define SAN_BUNDLE_STANZAS         8u
/* ephemeral pk and stanzas: all that is read of a strange file */
#define SAN_BUNDLE_TAGS_SIZE       544u
/* and the commitment and the stream's header */
#define SAN_BUNDLE_HEADER_SIZE     600u
#define SAN_BUNDLE_FRAME_SIZE      65536u                  /* plain bytes of a frame */
#define SAN_BUNDLE_FILE_MIN        65536u
#define SAN_BUNDLE_FILE_LIMIT      (600u << 20)
#define SAN_BUNDLE_INTRO_LIMIT     262144u
#define SAN_BUNDLE_MANIFEST_LIMIT  65536u
#define SAN_BUNDLE_PAYLOAD_LIMIT   (512u << 20)            /* as carried */
#define SAN_BUNDLE_PLAIN_LIMIT     (1024u << 20)           /* after zstd */
#define SAN_BUNDLE_ENTRIES_LIMIT   500000u
#define SAN_BUNDLE_PIECES_LIMIT    512u
#define SAN_BUNDLE_RATIO_LIMIT     200u
#define SAN_BUNDLE_WINDOW_LOG      20

#define SAN_BUNDLE_NAME_LETTERS    26u
#define SAN_BUNDLE_NAME_END        ".dat"
#define SAN_BUNDLE_PART_END        ".part"

char     *san_bundle_name_new        (void);               /* 26 random base32 letters and ".dat" */
/* looks like one: such names only are ever deleted */
gboolean  san_bundle_name_is_ours    (const char *name);
/* the file's size T for so many bytes of stream before zeros */
guint64   san_bundle_size_for        (guint64 plain);
/* bytes of stream in a file of that size; 0: no such file */
guint64   san_bundle_plain_for       (guint64 size);
gboolean  san_bundle_size_is_allowed (guint64 size);        /* could be a whole bundle */

G_END_DECLS
