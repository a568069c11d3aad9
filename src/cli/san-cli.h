/* san-cli.h - what every subcommand of sanrakshan-cli shares */
#pragma once
#include <json-glib/json-glib.h>
#include "san-centre.h"
#include "san-records.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_EXIT_DONE = 0,
  SAN_EXIT_REFUSED = 1,
  SAN_EXIT_USAGE = 2,
  SAN_EXIT_PASSPHRASE = 3,
  SAN_EXIT_IN_USE = 4,
  SAN_EXIT_DAMAGED = 5,
} SanExit;

/* The command line's frame: global options, and the centre once it is open. */
typedef struct
{
  SanPlaceOnDisk where;
  char          *store;
  const char    *staff;
  const char    *passphrase_file;
  gboolean       json;
  SanSecret     *passphrase;        /* as read, once */
  SanCentre     *centre;
} SanCli;

typedef struct
{
  const char *name;                 /* "centre create" */
  int       (*run) (SanCli *cli, int argc, char **argv);   /* argv[0] is the whole name */
  const char *usage;                /* what follows the name */
} SanCommand;

extern const SanCommand san_centre_commands[];
extern const SanCommand san_staff_commands[];
extern const SanCommand san_child_commands[];
extern const SanCommand san_record_commands[];
extern const SanCommand san_due_commands[];
extern const SanCommand san_review_commands[];
extern const SanCommand san_form_commands[];
extern const SanCommand san_card_commands[];
extern const SanCommand san_share_commands[];
extern const SanCommand san_offer_commands[];
extern const SanCommand san_place_commands[];
extern const SanCommand san_bundle_commands[];
extern const SanCommand san_backup_commands[];
extern const SanCommand san_store_commands[];
extern const SanCommand san_example_commands[];

/* Of the terminal: "hi", "bn_IN" …; NULL: English. For labels of forms and milestones. */
const char *san_cli_language     (void);
/* Opens the centre with the passphrase of the terminal or the file; FALSE: said, exit code in
 * *code. */
gboolean    san_cli_open         (SanCli *cli, int *code);
/* first line of file, of standard input ("-"), or asked on the terminal */
SanSecret  *san_cli_read_secret  (const char *file, const char *prompt, GError **error);
/* (transfer full): the sentence on standard error, the exit code */
int         san_cli_fail         (GError *error);
int         san_cli_usage        (const char *format, ...) G_GNUC_PRINTF (1, 2);
int         san_cli_bad_option   (const GError *error, const char *name, const char *usage);
gboolean    san_cli_parse        (GOptionEntry *entries, int *argc, char ***argv, const char *usage,
                                  int min_args, int max_args, int *code);
void        san_cli_print_json   (JsonBuilder *builder);                       /* (transfer full) */
/* a sentence, unless --json */
void        san_cli_say          (SanCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* FIELD=VALUE … to SanTyped; FIELD=@FILE reads a file */
GPtrArray  *san_cli_typed        (char **settings, GError **error);
char       *san_cli_day_text     (gint64 ms);
gboolean    san_cli_child        (SanCli *cli, const char *text, SanId32 *out, int *code);
gboolean    san_cli_record       (SanCli *cli, const char *text, SanId16 *out, int *code);

/* A command that takes nothing and says what there is: a line a row, or one JSON list. */
typedef struct
{
  const char *key;                                                         /* of the list in JSON */
  GPtrArray *(*list) (SanCentre *centre, GError **error);
  void       (*show) (JsonBuilder *b, gconstpointer row);                        /* NULL: printed */
  const char *nothing;                     /* (nullable): said of an empty list, to be translated */
} SanCliList;
int         san_cli_list         (SanCli *cli, int argc, char **argv, const SanCliList *about);

/* One object with one list in it: begun, filled, then closed and printed. */
JsonBuilder *san_json_begin_list (const char *key);
void        san_json_end_list    (JsonBuilder *b);                             /* (transfer full) */
/* NULL: null */
void        san_json_string      (JsonBuilder *b, const char *key, const char *value);
void        san_json_int         (JsonBuilder *b, const char *key, gint64 value);
void        san_json_bool        (JsonBuilder *b, const char *key, gboolean value);
void        san_json_id16        (JsonBuilder *b, const char *key, const SanId16 *id);
void        san_json_id32        (JsonBuilder *b, const char *key, const SanId32 *id);
void        san_json_instant     (JsonBuilder *b, const char *key, gint64 ms);

G_END_DECLS
