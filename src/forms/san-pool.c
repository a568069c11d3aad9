/* san-pool.c - definitions live and die together, so they share one owner */
#include "san-pool.h"

SanPool *
san_pool_new (void)
{
  SanPool *self = g_new0 (SanPool, 1);

  self->strings = g_string_chunk_new (4096);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) san_label_free);
  self->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) san_condition_unref);
  return self;
}

void
san_pool_free (SanPool *self)
{
  g_ptr_array_unref (self->conditions);
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->blocks);
  g_string_chunk_free (self->strings);
  g_free (self);
}

const char *
san_pool_string (SanPool *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->strings, text) : NULL;
}

const char *
san_pool_take_string (SanPool *self, char *text)
{
  const char *kept = san_pool_string (self, text);

  g_free (text);
  return kept;
}

gpointer
san_pool_alloc0 (SanPool *self, gsize n)
{
  gpointer block = g_malloc0 (n);

  g_ptr_array_add (self->blocks, block);
  return block;
}

gpointer
san_pool_steal_array (SanPool *self, GArray *array)
{
  gpointer block = g_array_free (array, FALSE);

  if (block != NULL)
    g_ptr_array_add (self->blocks, block);
  return block;
}

const SanLabel *
san_pool_take_label (SanPool *self, SanLabel *label)
{
  if (label != NULL)
    g_ptr_array_add (self->labels, label);
  return label;
}

SanCondition *
san_pool_take_condition (SanPool *self, SanCondition *condition)
{
  g_ptr_array_add (self->conditions, condition);
  return condition;
}
