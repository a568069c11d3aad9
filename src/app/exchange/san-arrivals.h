/* san-arrivals.h - what comes from outside: a pen drive, a file opened on the desktop */
#pragma once
#include "san-desk.h"
#include "san-drives.h"
G_BEGIN_DECLS

/* From here on a strip tells of pen drives while somebody with an Exchange page is logged in. It
 * never takes the focus. */
void       san_arrivals_begin      (SanDesk *desk);
/* A bundle or card: shown on its page, after unlock if need be. */
void       san_arrivals_open       (SanDesk *desk, GFile *file);
GFile     *san_arrivals_get_opened (SanDesk *desk);        /* (transfer none) (nullable): waits */
SanDrives *san_arrivals_get_drives (SanDesk *desk);                    /* (transfer none) */

G_END_DECLS
