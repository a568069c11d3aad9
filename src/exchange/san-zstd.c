/* san-zstd.c - zstd with all of its freedom taken away
 *
 * Before zstd sees a frame we look at its first bytes ourselves: magic, no dictionary, no
 * checksum, window. zstd's own limits stand behind that. Memory is bounded by the window. */
#include "san-zstd.h"

#include "san-bundle.h"
#include "san-secret.h"

#include <string.h>
#include <zstd.h>

#define LEVEL       3
#define STEP        131072u
#define MAGIC_SIZE  4u
#define HEAD_MAX    6u                   /* magic, descriptor, window */
#define SINGLE      0x20u                /* descriptor: no window byte, the content is the window */
#define UNWANTED    0x0fu                /* reserved bit, checksum, dictionary id */

static const guint8 magic[MAGIC_SIZE] = { 0x28, 0xb5, 0x2f, 0xfd };

struct _SanDeflate
{
  ZSTD_CCtx *context;
  SanSink sink;
  gpointer sink_data;
  guint8 *in;                            /* items are small: zstd is asked once for many */
  gsize fill;
  guint8 *out;
};

struct _SanInflate
{
  ZSTD_DCtx *context;
  guint8 head[HEAD_MAX];
  gsize n_head;                          /* bytes looked at */
  gboolean checked;
  gboolean ended;
};

SanDeflate *
san_deflate_new (SanSink sink, gpointer sink_data)
{
  SanDeflate *self = g_new0 (SanDeflate, 1);

  self->context = ZSTD_createCCtx ();
  g_assert (self->context != NULL);      /* no memory: as g_malloc() does */
  ZSTD_CCtx_setParameter (self->context, ZSTD_c_compressionLevel, LEVEL);
  ZSTD_CCtx_setParameter (self->context, ZSTD_c_windowLog, SAN_BUNDLE_WINDOW_LOG);
  ZSTD_CCtx_setParameter (self->context, ZSTD_c_checksumFlag, 0);
  ZSTD_CCtx_setParameter (self->context, ZSTD_c_contentSizeFlag, 0);
  ZSTD_CCtx_setParameter (self->context, ZSTD_c_dictIDFlag, 0);
  self->sink = sink;
  self->sink_data = sink_data;
  self->in = g_malloc (STEP);
  self->out = g_malloc (STEP);
  return self;
}

static gboolean
run (SanDeflate *self, ZSTD_inBuffer *in, ZSTD_EndDirective what, GError **error)
{
  gsize left;

  do
    {
      ZSTD_outBuffer out = { self->out, STEP, 0 };

      left = ZSTD_compressStream2 (self->context, &out, in, what);
      if (ZSTD_isError (left))
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_IO, "compressing: %s", ZSTD_getErrorName (left));
          return FALSE;
        }
      if (out.pos > 0 && !self->sink (self->sink_data, self->out, out.pos, error))
        return FALSE;
    }
  while (what == ZSTD_e_end ? left > 0 : in->pos < in->size);
  return TRUE;
}

gboolean
san_deflate_write (SanDeflate *self, const void *data, gsize n, GError **error)
{
  const guint8 *from = data;

  while (n > 0)
    {
      gsize step = MIN (n, STEP - self->fill);

      memcpy (self->in + self->fill, from, step);
      self->fill += step;
      from += step;
      n -= step;
      if (self->fill == STEP)
        {
          ZSTD_inBuffer in = { self->in, STEP, 0 };

          self->fill = 0;
          if (!run (self, &in, ZSTD_e_continue, error))
            return FALSE;
        }
    }
  return TRUE;
}

gboolean
san_deflate_end (SanDeflate *self, GError **error)
{
  ZSTD_inBuffer in = { self->in, self->fill, 0 };
  ZSTD_inBuffer nothing = { NULL, 0, 0 };

  self->fill = 0;
  return run (self, &in, ZSTD_e_continue, error) && run (self, &nothing, ZSTD_e_end, error);
}

void
san_deflate_free (SanDeflate *self)
{
  if (self == NULL)
    return;
  ZSTD_freeCCtx (self->context);
  san_wipe (self->in, STEP);
  g_free (self->in);
  g_free (self->out);
  g_free (self);
}

SanInflate *
san_inflate_new (void)
{
  SanInflate *self = g_new0 (SanInflate, 1);

  self->context = ZSTD_createDCtx ();
  g_assert (self->context != NULL);      /* no memory: as g_malloc() does */
  ZSTD_DCtx_setParameter (self->context, ZSTD_d_windowLogMax, SAN_BUNDLE_WINDOW_LOG);
  return self;
}

static gboolean
damaged (GError **error, const char *what)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "compressed payload: %s", what);
  return FALSE;
}

/* The window byte: 5 bits of exponent above 2^10, 3 bits of eighths. */
static gboolean
check_head (const guint8 *head, GError **error)
{
  guint8 descriptor = head[4];
  guint exponent = 10u + (head[5] >> 3);

  if (memcmp (head, magic, MAGIC_SIZE) != 0)
    return damaged (error, "not a zstd frame");
  if ((descriptor & UNWANTED) != 0)
    return damaged (error, "frame with dictionary, checksum or reserved bit");
  if (!(descriptor & SINGLE) && (exponent > SAN_BUNDLE_WINDOW_LOG
                                 || (exponent == SAN_BUNDLE_WINDOW_LOG && (head[5] & 7) != 0)))
    return damaged (error, "window is larger than its limit of 2^20");
  return TRUE;
}

static gboolean
feed (SanInflate *self, const guint8 **in, gsize *in_n, guint8 *out, gsize out_n, gsize *got,
      GError **error)
{
  ZSTD_inBuffer from = { *in, *in_n, 0 };
  ZSTD_outBuffer to = { out, out_n, 0 };
  gsize left = ZSTD_decompressStream (self->context, &to, &from);

  if (ZSTD_isError (left))
    return damaged (error, ZSTD_getErrorName (left));
  *in += from.pos;
  *in_n -= from.pos;
  *got = to.pos;
  self->ended = left == 0;
  return TRUE;
}

/* Every frame is longer than HEAD_MAX bytes (its first block has a head of 3), and yields nothing
 * from those alone. */
static gboolean
take_head (SanInflate *self, const guint8 **in, gsize *in_n, GError **error)
{
  gsize step = MIN (*in_n, HEAD_MAX - self->n_head);
  const guint8 *head = self->head;
  gsize left = HEAD_MAX;
  guint8 none;
  gsize made;

  memcpy (self->head + self->n_head, *in, step);
  self->n_head += step;
  *in += step;
  *in_n -= step;
  if (self->n_head < HEAD_MAX)
    return TRUE;
  if (!check_head (self->head, error) || !feed (self, &head, &left, &none, 0, &made, error))
    return FALSE;
  if (left > 0 || self->ended)
    return damaged (error, "frame is shorter than its head");
  self->checked = TRUE;
  return TRUE;
}

gboolean
san_inflate_step (SanInflate *self, const guint8 **in, gsize *in_n, guint8 *out, gsize out_n,
                  gsize *got, gboolean *ended, GError **error)
{
  gsize made = 0;

  if (self->ended && *in_n > 0)
    return damaged (error, "something follows its only frame");
  if (!self->checked && !take_head (self, in, in_n, error))
    return FALSE;
  if (self->checked && !self->ended && !feed (self, in, in_n, out, out_n, &made, error))
    return FALSE;
  *got = made;
  *ended = self->ended;
  return TRUE;
}

void
san_inflate_free (SanInflate *self)
{
  if (self == NULL)
    return;
  ZSTD_freeDCtx (self->context);
  g_free (self);
}
