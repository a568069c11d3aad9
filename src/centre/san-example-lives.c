/* san-example-lives.c - the everyday lives of example children
 *
 * What the programme expects is written in time, except where a child is said to be late in one
 * thing, so that Today shows what a well-kept house shows: a little that is overdue, and what comes
 * next. Of most children only the beginning of each course and its newest step are written. Words
 * are everyday; what was done to a child is never written. */
#include "san-example-lives.h"

#define HOUR_MS   ((gint64) 60 * 60 * 1000)
#define FORTNIGHT 14
#define MONTH     30
#define QUARTER   91
#define PLAN_DAY  24             /* of her stay: the plan is begun */

static const char *const number_words[] = {
  "ek",      "dui",    "tin",   "char", "panch", "chhoy",  "sat",    "at",
  "noy",     "dosh",   "egaro", "baro", "tero",  "choddo", "ponero", "sholo",
  "shotero", "atharo", "unish", "bish", "ekush", "baish",
};

static void set (GPtrArray *typed, const char *field, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
set (GPtrArray *typed, const char *field, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  san_typed_list_add (typed, field, text);
}

static char *
day_text (const SanExampleHouse *self, int days_ago)
{
  SanInstant today = { self->now, san_clock_zone (self->now) };
  SanDate day = { san_date_from_instant (&today).days - days_ago, SAN_PRECISION_DAY };

  return san_date_to_text (&day);
}

static void
set_day (const SanExampleHouse *self, GPtrArray *typed, const char *field, int days_ago)
{
  g_autofree char *day = day_text (self, days_ago);

  san_typed_list_add (typed, field, day);
}

/* The clock as it stood that many days ago at that hour, the latest an hour ago. */
static void
go_back (const SanExampleHouse *self, int days_ago, int hour)
{
  SanInstant today = { self->now, san_clock_zone (self->now) };
  SanInstant then =
      san_instant_at_day (san_date_from_instant (&today).days - days_ago, hour * 60, today.zone);

  san_clock_set (MIN (then.ms, self->now - HOUR_MS));
}

static gboolean
write_record (SanExampleHouse *self, const char *form, guint child, GPtrArray *typed,
              gboolean finish, GError **error)
{
  SanId16 record;

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
         san_record_new (self->centre, form, &self->ids[child], typed, &record, error) &&
         (!finish || san_record_finish (self->centre, &record, error));
}

static gboolean
is_late (const SanExampleChild *child, const char *what)
{
  return child->late != NULL && g_str_equal (child->late, what);
}

/* Superintendent */

static gboolean
welcome (SanExampleHouse *self, guint i, GError **error)
{
  const SanExampleChild *child = &self->children[i];
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanChildRow) row = NULL;
  g_autofree char *produced = day_text (self, child->days - 1);
  SanId16 record;

  /* the newest came less than a day ago, so that her first day is still open */
  if (child->days == 1)
    san_clock_set (self->now - 18 * HOUR_MS);
  else
    go_back (self, child->days, 20);
  set (typed, "alias", "%s", child->alias);
  set (typed, "age", "%d", child->age);
  set (typed, "age-kind", "stated");
  set (typed, "sex", "f");
  set (typed, "responsible", "Anjali");
  set (typed, "brought-by", i % 3 == 0 ? "police" : "helpline");
  set (typed, "name", "%s %s", self->family_name,
       i < G_N_ELEMENTS (number_words) ? number_words[i] : "onek");
  set (typed, "ill-now", "no");
  set (typed, "afraid", "?not-asked");
  set (typed, "tonight", "A light in the corridor.");
  if (child->days > 1)
    set (typed, "produced-at", "%sT11:00", produced);
  row = san_child_admit (self->centre, typed, &record, error);
  if (row == NULL)
    return FALSE;
  self->ids[i] = row->id;
  return TRUE;
}

/* The committee's order; every seventh ends soon enough to be seen on Today. */
static gboolean
write_order (SanExampleHouse *self, guint i, GError **error)
{
  const SanExampleChild *child = &self->children[i];
  g_autoptr(GPtrArray) typed = san_typed_list_new ();

  if (child->days < 2)
    return TRUE;
  go_back (self, MIN (child->days - 2, 100), 12);
  set (typed, "kind", "interim");
  set (typed, "committee", "CWC, Example Nagar");
  set (typed, "number", "EX-%03u", i + 1);
  set_day (self, typed, "on", MIN (child->days - 2, 100));
  set_day (self, typed, "until", i % 7 == 6 ? -16 : -70 - (int) i);
  if (child->days > 100)
    set_day (self, typed, "final-on", 100);
  return write_record (self, "order", i, typed, FALSE, error);
}

gboolean
san_example_write_arrivals (SanExampleHouse *self, GError **error)
{
  for (guint i = 0; i < self->n; i++)
    if (!welcome (self, i, error) || !write_order (self, i, error))
      return FALSE;
  return TRUE;
}

/* Case worker */

static gboolean
write_flags (SanExampleHouse *self, guint i, int days_ago, GError **error)
{
  static const char *const help[] = {
    "Speak softly; leave the door ajar.",
    "Sits near the window at meals.",
    "Likes to be woken by name, never touched.",
    "Wants to be told before a man comes in.",
  };
  g_autoptr(GPtrArray) typed = san_typed_list_new ();

  go_back (self, days_ago, 11);
  set_day (self, typed, "on", days_ago);
  set (typed, "help-1", "%s", help[i % G_N_ELEMENTS (help)]);
  if (i % 5 == 3)
    set (typed, "allergy", "Penicillin");
  if (i % 4 == 1)
    set (typed, "diet", "No fish on Tuesdays.");
  return write_record (self, "flags", i, typed, FALSE, error);
}

static gboolean
write_contacts (SanExampleHouse *self, guint i, GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  int days_ago = self->children[i].days - 1;

  go_back (self, days_ago, 12);
  set_day (self, typed, "on", days_ago);
  set (typed, "may.contacta.relation", "aunt");
  set (typed, "may.contacta.hours", "Sundays, 4 to 5");
  set (typed, "gate", "I cannot say who lives here. Leave your number.");
  return write_record (self, "contacts", i, typed, FALSE, error);
}

SanDate
san_example_birth (gint32 today)
{
  static const SanDuration back = { 18 * 12, 0, 0, TRUE };
  SanDate day = { today + 41, SAN_PRECISION_DAY };

  return san_date_add (&day, &back, 1);
}

static gboolean
write_family (SanExampleHouse *self, guint i, GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  const SanExampleChild *child = &self->children[i];

  go_back (self, child->days - 5, 15);
  set_day (self, typed, "on", child->days - 5);
  set (typed, "state", "Example State");
  set (typed, "school", "Example Nagar Girls' School");
  if (i == 8)
    {
      SanInstant today = { self->now, san_clock_zone (self->now) };
      SanDate day = san_example_birth (san_date_from_instant (&today).days);
      g_autofree char *birth = san_date_to_text (&day);

      set (typed, "birth", "%s", birth);
    }
  return write_record (self, "family", i, typed, FALSE, error);
}

static gboolean
write_plan (SanExampleHouse *self, guint i, GError **error)
{
  static const struct { const char *words, *concern, *step;
  } hopes[] = {
    { "I want to finish class 8.", "Two years out of school.", "Bridge class from Monday." },
    { "I want to learn tailoring.", "She likes to work with her hands.",
      "Tailoring on three afternoons." },
    { "I want to see my little brother.", "Nobody knows where he is now.",
      "Write to the home in his district." },
  };
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  int days_ago = self->children[i].days - PLAN_DAY;
  guint hope = i % G_N_ELEMENTS (hopes);

  go_back (self, days_ago, 15);
  set_day (self, typed, "on", days_ago);
  set (typed, "c1.aaaaaaaa.words", "%s", hopes[hope].words);
  set (typed, "c1.aaaaaaaa.concern", "%s", hopes[hope].concern);
  set (typed, "c1.aaaaaaaa.step", "%s", hopes[hope].step);
  set (typed, "c2.cccccccc.step", "Iron tablet after breakfast.");
  set (typed, "c4.dddddddd.step", "Reading with Sima after lunch.");
  set (typed, "c5.bbbbbbbb.words", "I like to draw.");
  set (typed, "c5.bbbbbbbb.step", "Drawing on Saturdays.");
  return write_record (self, "icp-a", i, typed, FALSE, error);
}

/* What moved, up to that day. The committee read it where @read. */
static gboolean
write_report (SanExampleHouse *self, guint i, int days_ago, int since, gboolean read,
              GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();

  go_back (self, days_ago, 16);
  set_day (self, typed, "from", days_ago + since);
  set_day (self, typed, "to", days_ago);
  set (typed, "c1.aaaaaaaa.moved", days_ago % 3 == 0 ? "yes" : "some");
  set (typed, "c5.bbbbbbbb.moved", "some");
  set (typed, "c1.words", "The class is good.");
  if (read)
    set_day (self, typed, "committee-on", days_ago);
  if (i == 8)
    set_day (self, typed, "prep18-on", days_ago);
  return write_record (self, "icp-b", i, typed, TRUE, error);
}

/* Fortnightly for three months, then monthly; every quarter the committee reads one. */
static gboolean
write_reports (SanExampleHouse *self, guint i, GError **error)
{
  const SanExampleChild *child = &self->children[i];
  int last = child->days - PLAN_DAY;                 /* days since the plan began */
  int step;

  if (is_late (child, "plan"))
    last -= FORTNIGHT + 2;
  for (int day = FORTNIGHT; day <= last; day += step)
    {
      gboolean newest;

      step = day < 6 * FORTNIGHT ? FORTNIGHT : MONTH;
      newest = day + step > last;
      if (!child->whole && !newest && (day + PLAN_DAY < 76 || day + PLAN_DAY > 92) &&
          day + QUARTER <= last)
        continue;
      if (!write_report (self, i, child->days - PLAN_DAY - day, step,
                         newest || day + PLAN_DAY >= 76, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
san_example_write_cases (SanExampleHouse *self, GError **error)
{
  for (guint i = 0; i < self->n; i++)
    {
      const SanExampleChild *child = &self->children[i];

      if ((child->days > 1 &&
           (!write_flags (self, i, child->days - 1, error) || !write_contacts (self, i, error))) ||
          (child->days > 5 && !write_family (self, i, error)) ||
          (child->days > 13 && !write_flags (self, i, child->days - 13, error)) ||
          (child->days > PLAN_DAY + 1 &&
           (!write_plan (self, i, error) || !write_reports (self, i, error))))
        return FALSE;
    }
  return TRUE;
}

/* Counsellor */

static gboolean
write_screen (SanExampleHouse *self, guint i, GError **error)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  int days_ago = self->children[i].days - 1;

  go_back (self, days_ago, 10);
  set_day (self, typed, "screen-on", days_ago);
  set (typed, "screen-result", "clear");
  return write_record (self, "flags", i, typed, FALSE, error);
}

static gboolean
write_session (SanExampleHouse *self, guint i, int days_ago, GError **error)
{
  static const struct { const char *words, *did; } told[] = {
    { "The river at home is wide.", "Drew the river." },
    { "I slept until six.", "Talked about the garden, and about sleeping." },
    { "I can sew a button now.", "She showed what she has sewn." },
    { "May I ring my aunt on Sunday?", "Planned the call, and what to say if it is hard." },
  };
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  guint n = (guint) (days_ago + (int) i) % G_N_ELEMENTS (told);

  go_back (self, days_ago, 10);
  set (typed, "kind", "stress");
  set (typed, "minutes", "45");
  set (typed, "words", "%s", told[n].words);
  set (typed, "did", "%s", told[n].did);
  set (typed, "left", n == 3 ? "same" : "easier");
  set (typed, "worried", "no");
  return write_record (self, "session", i, typed, TRUE, error);
}

static gboolean
write_sheet (SanExampleHouse *self, guint i, const char *form, int days_ago, const int *answers,
             GError **error)
{
  const SanForm *sheet = san_catalogue_find_form (self->centre->catalogue, form);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  guint n = 0;

  go_back (self, days_ago, 12);
  set_day (self, typed, "on", days_ago);
  for (guint f = 0; f < sheet->n_fields; f++)
    if (g_str_has_prefix (sheet->fields[f]->id, "i.") && sheet->fields[f]->type == SAN_FIELD_WHOLE)
      set (typed, sheet->fields[f]->id, "%d", answers[n++ % 5]);
  set (typed, "next-step", "talk");
  return write_record (self, form, i, typed, FALSE, error);
}

static gboolean
write_who5 (SanExampleHouse *self, guint i, int days_ago, int answer, GError **error)
{
  const int answers[] = { answer, answer, answer, answer, answer };

  return write_sheet (self, i, "score.who5", days_ago, answers, error);
}

/* Monthly for ninety days, then every quarter; scores walk from the first to the last. */
static gboolean
write_wellbeing (SanExampleHouse *self, guint i, GError **error)
{
  const SanExampleChild *child = &self->children[i];
  int first = MAX (child->scores[0], 1);
  int last = child->scores[1] >= 0 ? child->scores[1] : first + 1;
  int step;

  if (!write_who5 (self, i, child->days - MIN (4, child->days - 1), first, error))
    return FALSE;
  for (int day = MONTH; day <= child->days; day += step)
    {
      step = day < 3 * MONTH ? MONTH : QUARTER;
      if ((!child->whole && day + step <= child->days) ||
          (is_late (child, "score") && day + step > child->days))
        continue;
      if (!write_who5 (self, i, child->days - day,
                       day + step > child->days ? last : (first + last) / 2, error))
        return FALSE;
    }
  return TRUE;
}

/* Answers that nobody has to be afraid for. */
static gboolean
write_screens (SanExampleHouse *self, guint i, int days_ago, gboolean later, GError **error)
{
  static const int often[] = { 3, 1, 3, 3, 1 }, seldom[] = { 1, 0, 1, 1, 0 };
  static const int low[] = { 1, 1, 1, 0, 0 };
  const SanExampleChild *child = &self->children[i];
  int zero[] = { 0, 0, 0, 0, 0 };

  return (child->age < 8 ||
          write_sheet (self, i, "score.cries8", days_ago, later ? seldom : often, error)) &&
         (child->age < 10 || child->age > 17 || /* she may have turned 11 by now */
          write_sheet (self, i, "score.phqa", days_ago, later || i % 2 == 0 ? zero : low, error));
}

static gboolean
write_sessions (SanExampleHouse *self, guint i, GError **error)
{
  const SanExampleChild *child = &self->children[i];
  int last = is_late (child, "counselling") ? 17 : 2 + (int) i % 9;
  int begin = child->whole ? child->days - 2 : MIN (child->days - 2, last + 2 * 9);

  if (!write_session (self, i, child->days - 2, error))
    return FALSE;
  for (int days_ago = begin - 9; days_ago > last; days_ago -= 9)
    if (!write_session (self, i, days_ago, error))
      return FALSE;
  return child->days - 2 <= last || write_session (self, i, last, error);
}

gboolean
san_example_write_clinical (SanExampleHouse *self, GError **error)
{
  for (guint i = 0; i < self->n; i++)
    {
      const SanExampleChild *child = &self->children[i];

      if (child->days < 3)
        continue;
      if (!write_screen (self, i, error) || !write_sessions (self, i, error) ||
          !write_wellbeing (self, i, error) ||
          (child->days > 6 && !write_screens (self, i, child->days - 6, FALSE, error)) ||
          (child->days > 85 && !write_screens (self, i, child->days - 85, TRUE, error)))
        return FALSE;
    }
  return TRUE;
}

/* Nurse */

static gboolean
write_exam (SanExampleHouse *self, guint i, int days_ago, const char *kind, gboolean whole_check,
            GError **error)
{
  const SanExampleChild *child = &self->children[i];
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  int gained = (child->days - days_ago) / 45;

  go_back (self, days_ago, 9);
  set (typed, "kind", "%s", kind);
  set (typed, "height", "%d", 138 + child->age);
  set (typed, "weight", "%d", 28 + child->age + gained);
  set (typed, "advice",
       gained > 0 ? "She gains weight. Sleeps well." : "Eat what she likes; rest.");
  set (typed, "house-does", "Iron tablet after breakfast.");
  if (whole_check)
    {
      set_day (self, typed, "dental-on", days_ago);
      set_day (self, typed, "eye-on", days_ago);
      set_day (self, typed, "skin-on", days_ago);
    }
  return write_record (self, "exam", i, typed, FALSE, error);
}

gboolean
san_example_write_medical (SanExampleHouse *self, GError **error)
{
  for (guint i = 0; i < self->n; i++)
    {
      const SanExampleChild *child = &self->children[i];
      int last = is_late (child, "health") ? child->days - MONTH - 3 : child->days;

      if (child->days > 1 && !write_exam (self, i, child->days - 1, "arrival", FALSE, error))
        return FALSE;
      for (int day = MONTH, n = 1; day <= last; day += MONTH, n++)
        if ((child->whole || day + 3 * MONTH > last) &&
            !write_exam (self, i, child->days - day, "monthly", n % 3 == 0 || day + MONTH > last,
                         error))
          return FALSE;
    }
  return TRUE;
}

/* Legal officer */

gboolean
san_example_write_court (SanExampleHouse *self, GError **error)
{
  static const guint in_court = 7;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autofree char *day = day_text (self, -8);

  if (in_court >= self->n)
    return TRUE;
  go_back (self, 3, 14);
  set (typed, "at", "%sT11:00", day);
  set (typed, "leaves", "%sT09:30", day);
  set (typed, "escort", "Anjali");
  set (typed, "court", "Example Nagar court, room 2");
  return write_record (self, "hearing", in_court, typed, FALSE, error);
}
