/* san-authority-body.c - body of kind 2: salt, heads, one operation, second signatures
 *
 * A body is read whole or refused, and what is written is read back first, so that there is one
 * place that knows what is canonical. The arguments: san-authority-args.c. */
#include "san-authority-body.h"

#include "san-authority-args-private.h"
#include "san-canonical-private.h"

#include <string.h>

#define COSIGN_SIZE  (32 + SAN_SIGNATURE_SIZE)

static gboolean
take_heads (SanAuthorityBody *self, SanReader *reader, GError **error)
{
  guint16 n;

  if (!san_reader_take_u16 (reader, &n, error) ||
      !san_check_count (reader, n, SAN_HEADS_LIMIT, sizeof (SanId32), "heads", error))
    return FALSE;
  self->n_heads = n;
  return san_take_ids (reader, self->heads, n, "heads", error);
}

static gboolean
take_args (SanAuthorityBody *self, SanReader *reader, GError **error)
{
  SanReader args;
  guint32 n;
  const guint8 *data;

  if (!san_reader_take_u16 (reader, &self->op, error) ||
      !san_reader_take_u32 (reader, &n, error))
    return FALSE;
  data = san_reader_take (reader, n, error);
  if (data == NULL)
    return FALSE;
  san_reader_init (&args, data, n, "authority arguments");
  return san_authority_args_take (self, &args, error);
}

static gboolean
take_cosigns (SanAuthorityBody *self, SanReader *reader, GError **error)
{
  guint8 n;

  if (!san_reader_take_u8 (reader, &n, error) ||
      !san_check_count (reader, n, SAN_COSIGNS_LIMIT, COSIGN_SIZE, "second signatures", error))
    return FALSE;
  self->n_cosigns = n;
  for (guint i = 0; i < n; i++)
    if (!san_reader_take_id32 (reader, &self->cosigns[i].seat, error) ||
        !san_reader_take_copy (reader, self->cosigns[i].signature, SAN_SIGNATURE_SIZE, error))
      return FALSE;
  if (n == 2 && san_id32_compare (&self->cosigns[0].seat, &self->cosigns[1].seat) >= 0)
    return san_damaged (error, "authority body: second signatures do not ascend");
  return TRUE;
}

SanAuthorityBody *
san_authority_body_new (guint16 op)
{
  SanAuthorityBody *self = g_new0 (SanAuthorityBody, 1);

  self->op = op;
  san_random (self->salt, sizeof self->salt);
  san_random (self->cut_salt, sizeof self->cut_salt);
  return self;
}

void
san_authority_body_free (SanAuthorityBody *self)
{
  if (self == NULL)
    return;
  if (self->op == SAN_OP_NEW_RING)
    g_free (self->u.new_ring.pairs);
  if (self->op == SAN_OP_VOID)
    g_free (self->u.voids.removals);
  g_free (self->rows);
  g_clear_pointer (&self->args, g_bytes_unref);
  g_free (self);
}

/**
 * san_authority_body_parse:
 *
 * Returns: (transfer full): the body, or %NULL with DAMAGED. Proofs and second signatures are not
 * checked here.
 */
SanAuthorityBody *
san_authority_body_parse (GBytes *body, GError **error)
{
  g_autoptr(SanAuthorityBody) self = g_new0 (SanAuthorityBody, 1);
  SanReader reader;

  if (g_bytes_get_size (body) > SAN_BODY_LIMIT)
    {
      san_damaged (error, "authority body: %" G_GSIZE_FORMAT " bytes, limit is %u",
                   g_bytes_get_size (body), SAN_BODY_LIMIT);
      return NULL;
    }
  san_reader_init_bytes (&reader, body, "authority body");
  if (!san_reader_take_copy (&reader, self->salt, sizeof self->salt, error) ||
      !take_heads (self, &reader, error) ||
      !take_args (self, &reader, error) ||
      !take_cosigns (self, &reader, error) ||
      !san_reader_take_end (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* All body bytes before the number of second signatures. */
static void
put_cosigned (const SanAuthorityBody *self, SanWriter *writer)
{
  g_auto(SanWriter) args = { 0 };

  san_writer_init (&args);
  san_authority_args_put (self, &args);
  san_writer_put (writer, self->salt, sizeof self->salt);
  san_writer_put_u16 (writer, (guint16) self->n_heads);
  for (guint i = 0; i < self->n_heads; i++)
    san_writer_put_id32 (writer, &self->heads[i]);
  san_writer_put_u16 (writer, self->op);
  san_writer_put_u32 (writer, (guint32) san_writer_get_size (&args));
  san_writer_put (writer, args.bytes->data, args.bytes->len);
}

/**
 * san_authority_body_encode:
 *
 * Returns: (transfer full): the body; REFUSED if it would not be read back: a count over its
 * limit, an unsorted list, a field out of range
 */
GBytes *
san_authority_body_encode (const SanAuthorityBody *self, GError **error)
{
  g_auto(SanWriter) writer = { 0 };
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(SanAuthorityBody) again = NULL;
  g_autoptr(GError) why = NULL;

  san_writer_init (&writer);
  put_cosigned (self, &writer);
  san_writer_put_u8 (&writer, (guint8) self->n_cosigns);
  for (guint i = 0; i < self->n_cosigns; i++)
    {
      san_writer_put_id32 (&writer, &self->cosigns[i].seat);
      san_writer_put (&writer, self->cosigns[i].signature, SAN_SIGNATURE_SIZE);
    }
  bytes = san_writer_end (&writer);
  again = san_authority_body_parse (bytes, &why);
  if (again == NULL)
    {
      san_refused (error, "authority body cannot be written: %s", why->message);
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

gboolean
san_authority_body_set_heads (SanAuthorityBody *self, const SanId32 *heads, guint n, GError **error)
{
  g_autofree SanId32 *sorted = g_memdup2 (heads, n * sizeof *heads);
  guint kept = san_ids_sort (sorted, n);

  if (kept > SAN_HEADS_LIMIT)
    return san_refused (error, "%u heads, limit is %u", kept, SAN_HEADS_LIMIT);
  self->n_heads = kept;
  for (guint i = 0; i < kept; i++)
    self->heads[i] = sorted[i];
  return TRUE;
}

void
san_authority_body_take_rows (SanAuthorityBody *self, SanCutRow *rows, guint n)
{
  g_free (self->rows);
  self->rows = rows;
  self->n_rows = san_cut_rows_sort (rows, n);
}

static GBytes *
cosigned_bytes (const SanAuthorityBody *self, const SanId32 *dossier, const SanId32 *author)
{
  g_auto(SanWriter) writer = { 0 };

  san_writer_init (&writer);
  san_writer_put_id32 (&writer, dossier);
  san_writer_put_id32 (&writer, author);
  put_cosigned (self, &writer);
  return san_writer_end (&writer);
}

/**
 * san_authority_body_cosign:
 * @author: the seat that will sign the entry
 * @seat: another one, of another person
 *
 * Adds a second signature; nothing before it may change afterwards. REFUSED: too many, or the
 * same seat twice.
 */
gboolean
san_authority_body_cosign (SanAuthorityBody *self, const SanId32 *dossier, const SanId32 *author,
                           const SanSignKey *seat, GError **error)
{
  g_autoptr(GBytes) bytes = cosigned_bytes (self, dossier, author);
  const SanId32 *pk = san_sign_key_get_public (seat);
  SanCosign cosign;
  guint at;

  if (self->n_cosigns >= SAN_COSIGNS_LIMIT)
    return san_refused (error, "more than %u second signatures", SAN_COSIGNS_LIMIT);
  if (self->n_cosigns == 1 && san_id32_equal (&self->cosigns[0].seat, pk))
    return san_refused (error, "the same seat has signed already");
  cosign.seat = *pk;
  san_sign (seat, "san1.cosign", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
            cosign.signature);
  at = self->n_cosigns == 1 && san_id32_compare (&self->cosigns[0].seat, pk) < 0 ? 1 : 0;
  if (at == 0)
    self->cosigns[1] = self->cosigns[0];
  self->cosigns[at] = cosign;
  self->n_cosigns++;
  return TRUE;
}

gboolean
san_authority_body_check_cosign (const SanAuthorityBody *self, guint i, const SanId32 *dossier,
                                 const SanId32 *author, GError **error)
{
  g_autoptr(GBytes) bytes = cosigned_bytes (self, dossier, author);

  g_return_val_if_fail (i < self->n_cosigns, FALSE);
  if (!san_verify (&self->cosigns[i].seat, "san1.cosign", g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes), self->cosigns[i].signature))
    return san_untrusted (error, "authority body: second signature %u is bad", i);
  return TRUE;
}

/**
 * san_case_link:
 *
 * What op 22 says in both dossiers of one child: who does not know both learns neither.
 */
void
san_case_link (const SanId32 *one, const SanId32 *other, SanId32 *out)
{
  gboolean in_order = san_id32_compare (one, other) <= 0;
  guint8 both[64];

  memcpy (both, in_order ? one->b : other->b, 32);
  memcpy (both + 32, in_order ? other->b : one->b, 32);
  san_hash ("san1.link", both, sizeof both, out);
}
