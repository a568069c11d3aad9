/* san-sudden-stop.h - after a power cut: what was saved is here, and which draft of hers is kept */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

void san_sudden_stop_tell (SanDesk *desk);      /* a strip, once her drafts were looked for */
void san_sudden_stop_open (SanDesk *desk);      /* app.open-draft: the newest of her drafts */

G_END_DECLS
