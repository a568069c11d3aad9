/* san-vfs-pragma.c - pragmas that would take the store out of its safe settings are refused
 *
 * SQLite shows every pragma to the file it concerns before it acts. What reads a setting passes;
 * what would change it to anything but ours is an error, whoever prepares the statement. */
#include "san-vfs-private.h"

typedef struct
{
  const char *name;
  const char *allowed[5];               /* values that are ours; NULL-ended */
} Guard;

static const Guard guards[] = {
  { "journal_mode", { "wal" } },
  { "locking_mode", { "normal" } },
  { "synchronous", { "full", "2", "extra", "3" } },
  { "temp_store", { "memory", "2" } },
  { "secure_delete", { "on", "1", "true", "yes" } },
  { "mmap_size", { "0" } },
  { "page_size", { "4096" } },
  { "temp_store_directory", { NULL } },
  { "data_store_directory", { NULL } },
  { "writable_schema", { "off", "0", "false", "no" } },
};

static gboolean
is_allowed (const Guard *guard, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (guard->allowed) && guard->allowed[i] != NULL; i++)
    if (g_ascii_strcasecmp (guard->allowed[i], value) == 0)
      return TRUE;
  return FALSE;
}

/* SQLITE_FCNTL_PRAGMA: argument[1] is the name, argument[2] the value or NULL; argument[0] takes
 * the sentence of a refusal. While a copy is made nothing is refused. */
int
san_vfs_guard_pragma (const SanVfsNode *node, char **argument)
{
  const char *name = argument[1];
  const char *value = argument[2];

  if (value == NULL || node->making)
    return SQLITE_NOTFOUND;
  for (guint i = 0; i < G_N_ELEMENTS (guards); i++)
    if (g_ascii_strcasecmp (guards[i].name, name) == 0 && !is_allowed (&guards[i], value))
      {
        argument[0] = sqlite3_mprintf ("the store does not allow %s = %s", name, value);
        return SQLITE_ERROR;
      }
  return SQLITE_NOTFOUND;
}
