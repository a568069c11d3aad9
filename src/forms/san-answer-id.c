/* san-answer-id.c - persons, children, records: found by the caller or typed as whole ids; files */
#include "san-answer-private.h"

#include "san-attachment.h"

#include <string.h>

/* ---- person: a member of staff, or just a name ---- */

static SanValue *
parse_person (const SanAnswerJob *job, const char *text, GError **error)
{
  const SanAnswerContext *context = job->context;
  g_autoptr(GError) problem = NULL;
  SanId16 id;

  if (context != NULL && context->find_person != NULL &&
      context->find_person (text, &id, context->data, &problem))
    return san_value_new_record (&id);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (san_id16_from_text (text, &id, NULL))
    return san_value_new_record (&id);
  return san_answer_text.parse (job, text, error);
}

static gboolean
check_person (const SanAnswerJob *job, const SanValue *value, GError **error)
{
  SanId16 id;

  if (san_value_get_type (value) == SAN_VALUE_TEXT)
    return san_answer_text.check (job, value, error);
  return san_value_get_record (value, &id) ||
         san_answer_refuse (job, error, "is not the id of a person");
}

static char *
display_person (const SanAnswerJob *job, const SanValue *value)
{
  SanId16 id;

  if (san_value_get_type (value) == SAN_VALUE_TEXT)
    return san_value_dup_text (value);
  if (job->context == NULL || job->context->name_person == NULL ||
      !san_value_get_record (value, &id))
    return NULL;
  /* cppcheck-suppress returnDanglingLifetime */
  return job->context->name_person (&id, job->context->data);
}

const SanAnswerType san_answer_person = { parse_person, check_person, display_person };

/* ---- child ---- */

static SanValue *
parse_child (const SanAnswerJob *job, const char *text, GError **error)
{
  const SanAnswerContext *context = job->context;
  g_autoptr(GError) problem = NULL;
  SanId32 id;

  if (context != NULL && context->find_child != NULL &&
      context->find_child (text, &id, context->data, &problem))
    return san_value_new_id (&id);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (san_id32_from_text (text, &id, NULL))
    return san_value_new_id (&id);
  else
    san_answer_refuse (job, error, "no child is called “%s”", text);
  return NULL;
}

static char *
display_child (const SanAnswerJob *job, const SanValue *value)
{
  SanId32 id;

  if (job->context == NULL || job->context->name_child == NULL || !san_value_get_id (value, &id))
    return NULL;
  /* cppcheck-suppress returnDanglingLifetime */
  return job->context->name_child (&id, job->context->data);
}

const SanAnswerType san_answer_child = { parse_child, NULL, display_child };

/* ---- record ---- */

static SanValue *
parse_record (const SanAnswerJob *job, const char *text, GError **error)
{
  const SanAnswerContext *context = job->context;
  g_autoptr(GError) problem = NULL;
  SanId16 id;

  if (context != NULL && context->find_record != NULL
      && context->find_record (text, job->field, &id, context->data, &problem))
    return san_value_new_record (&id);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (san_id16_from_text (text, &id, NULL))
    return san_value_new_record (&id);
  else
    san_answer_refuse (job, error, "no record is called “%s”", text);
  return NULL;
}

static gboolean
check_record (const SanAnswerJob *job, const SanValue *value, GError **error)
{
  SanId16 id;

  return san_value_get_record (value, &id) ||
         san_answer_refuse (job, error, "is not the id of a record");
}

static char *
display_record (const SanAnswerJob *job, const SanValue *value)
{
  SanId16 id;

  if (job->context == NULL || job->context->name_record == NULL ||
      !san_value_get_record (value, &id))
    return NULL;
  /* cppcheck-suppress returnDanglingLifetime */
  return job->context->name_record (&id, job->context->data);
}

const SanAnswerType san_answer_record = { parse_record, check_record, display_record };

/* ---- attachment: made from a file by the caller, never typed ---- */

static SanValue *
parse_attachment (const SanAnswerJob *job, const char *text, GError **error)
{
  san_answer_refuse (job, error, "is a file: give its name after @");
  return NULL;
}

static char *
display_attachment (const SanAnswerJob *job, const SanValue *value)
{
  g_autoptr(SanAttachment) attachment = san_attachment_from_value (value, NULL);

  return attachment != NULL ? g_strdup (san_attachment_get_name (attachment)) : NULL;
}

const SanAnswerType san_answer_attachment = { parse_attachment, NULL, display_attachment };
