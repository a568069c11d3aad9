/* san-jobs.h - long work at the page's foot: what, how far, Cancel */
#pragma once
#include "san-desk-private.h"
G_BEGIN_DECLS
#define SAN_TYPE_JOBS (san_jobs_get_type ())
G_DECLARE_FINAL_TYPE (SanJobs, san_jobs, SAN, JOBS, GtkWidget)
void san_jobs_show (SanJobs *self, GPtrArray *jobs /* borrowed until the next call */);
G_END_DECLS
