#include "whole.h"
#include "san-carry.h"
#define T(what, expr) do { gint64 t0_=g_get_monotonic_time(); guint64 c=san_sim_disk_get_n_changes(w->disk); gboolean ok=(expr); g_assert_no_error(e); g_assert_true(ok); g_printerr("%-12s %7.2f ms %" G_GUINT64_FORMAT " changes\n", what, (g_get_monotonic_time()-t0_)/1000.0, san_sim_disk_get_n_changes(w->disk)-c);} while(0)
int main(int argc,char**argv){
 g_test_init(&argc,&argv,NULL);
 GError*e=NULL; Whole*w=whole_new("try",1);
 T("setup", whole_set_up(w,&e)); whole_keep_keys(w);
 T("close", (whole_close(w),1));
 T("unlock", whole_unlock(w,"sunanda",&e)); whole_close(w);
 T("open", whole_open(w,&e));
 T("admit", whole_admit(w,&e));
 guint a,b;
 T("backup", san_carry_backup(w->centre, w->stick, NULL,NULL,&a,&b,&e));
 g_printerr("%u %u\n", a,b);
 g_auto(GStrv) l=san_sim_disk_list(w->disk); for(int i=0;l[i];i++) g_printerr("%s\n", l[i]);
 whole_close(w);
 SanRestoreResult r={0};
 for(int i=0;l[i];i++) if(g_str_has_prefix(l[i],w->store)&&strcmp(l[i],w->store)) san_sim_disk_put_file(w->disk,l[i],NULL);
 T("restore", (san_carry_restore(&w->where, w->stick, w->code, TRUE, NULL, NULL, &r, &e),1));
 T("unlock", whole_unlock(w,"sunanda",&e)); 
 whole_free(w); return 0; }
