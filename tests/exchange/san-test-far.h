/* san-test-far.h - a GFile of another kind: a folder as a server would show it, failing on demand
 */
#pragma once
#include <gio/gio.h>
G_BEGIN_DECLS

typedef enum
{
  FAR_WELL,
  FAR_NO_WRITE,                 /* replace: permission denied */
  FAR_NO_SPACE,                 /* replace */
  FAR_NO_MOVE,                  /* move: not supported */
  FAR_HALF,                     /* what is moved up is cut in half, and nothing is said */
  FAR_HIDES,                    /* reading: not found */
  FAR_OLD_LIST,                 /* the list is empty */
  FAR_AWAY,                     /* everything: not mounted */
  FAR_FULL,                     /* free space: 1,000 bytes */
  FAR_NO_INFO,                  /* free space: not supported */
} FarMood;

GFile *far_file_new  (const char *path);        /* of a local folder, which it never names */
void   far_set_mood  (FarMood mood);

G_END_DECLS
