/* fuzz-entry.c - libFuzzer target: every reader of the room, chosen by the first byte
 *
 * What is read must be written again as the same bytes. */
#include "san-attachment.h"
#include "san-authority-body.h"
#include "san-data-body.h"
#include "san-entry.h"
#include "san-founding.h"
#include "san-key-grant.h"

#include <stdint.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  return san_crypto_init (NULL) ? 0 : 1;
}

static GBytes *
reread_entry (GBytes *bytes)
{
  g_autoptr(SanEntry) entry = san_entry_new_from_bytes (bytes, NULL);

  return entry != NULL ? san_entry_to_bytes (entry) : NULL;
}

static GBytes *
reread_founding (GBytes *bytes)
{
  SanFounding founding;

  return san_founding_parse (bytes, &founding, NULL) ? san_founding_encode (&founding) : NULL;
}

static GBytes *
reread_authority (GBytes *bytes)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_parse (bytes, NULL);
  g_autoptr(GError) error = NULL;
  GBytes *again = NULL;

  if (body != NULL)
    {
      again = san_authority_body_encode (body, &error);
      g_assert_no_error (error);
    }
  return again;
}

static GBytes *
reread_grant (GBytes *bytes)
{
  g_autoptr(SanKeyGrant) grant = san_key_grant_parse (bytes, NULL);

  return grant != NULL ? san_key_grant_encode (grant) : NULL;
}

static GBytes *
reread_data (GBytes *bytes)
{
  g_autoptr(SanDataBody) body = san_data_body_parse (bytes, NULL);

  return body != NULL ? g_bytes_ref (bytes) : NULL;
}

static GBytes *
reread_list (GBytes *bytes)
{
  g_autoptr(SanChangeList) list = san_change_list_parse (g_bytes_get_data (bytes, NULL),
                                                         g_bytes_get_size (bytes), NULL);

  return list != NULL ? g_bytes_ref (san_change_list_get_bytes (list)) : NULL;
}

static GBytes *
reread_attachment (GBytes *bytes)
{
  g_autoptr(SanAttachment) attachment = san_attachment_parse (g_bytes_get_data (bytes, NULL),
                                                              g_bytes_get_size (bytes), NULL);
  g_autoptr(SanValue) value = NULL;
  const guint8 *data;
  gsize n;

  if (attachment == NULL)
    return NULL;
  value = san_attachment_to_value (attachment, NULL);
  data = san_value_get_data (value, &n);
  return g_bytes_new (data, n);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static GBytes *(*const readers[]) (GBytes *) = {
    reread_entry, reread_founding, reread_authority,  reread_grant,
    reread_data,  reread_list,     reread_attachment,
  };
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) again = NULL;

  if (size == 0)
    return 0;
  bytes = g_bytes_new (data + 1, size - 1);
  again = readers[data[0] % G_N_ELEMENTS (readers)] (bytes);
  if (again != NULL)
    g_assert_true (g_bytes_equal (again, bytes));
  return 0;
}
