/* san-application.h - the process: one store, one window, keys for the whole of it */
#pragma once
#include <adwaita.h>
G_BEGIN_DECLS

#define SAN_TYPE_APPLICATION (san_application_get_type ())
G_DECLARE_FINAL_TYPE (SanApplication, san_application, SAN, APPLICATION, AdwApplication)

SanApplication *san_application_new (void);

G_END_DECLS
