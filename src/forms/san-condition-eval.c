/* san-condition-eval.c - does a condition hold, given answers?
 *
 * Two rules decide everything doubtful. What is not answered (blank or one of the three other
 * answers) makes every comparison false, != too. What is known only roughly (a year of birth, an
 * age between two birthdays) makes a comparison true if any of the things that it can mean
 * does: a question shown too early does less harm than one never shown. */
#include "san-condition-private.h"

#include <string.h>

__extension__ typedef __int128 Wide;

typedef enum { KIND_NONE, KIND_BOOL, KIND_NUMBER, KIND_DAYS, KIND_INSTANT, KIND_CODES } Kind;

/* A value ready to compare: a range (first to last), or a set of codes; a text is a set of one. */
typedef struct
{
  Kind   kind;
  Wide   first, last;
  gint64 day;              /* of an instant, in its own zone */
  char **codes;
} Term;

static void
term_clear (Term *term)
{
  g_strfreev (term->codes);
}

static Wide
scaled (gint64 digits, guint scale)
{
  Wide wide = digits;

  for (; scale < 9; scale++)
    wide *= 10;
  return wide;
}

static void
set_point (Term *term, Kind kind, Wide point)
{
  term->kind = kind;
  term->first = term->last = point;
}

static void
term_from_value (Term *term, const SanValue *value)
{
  gboolean yes;
  gint64 whole;
  SanDecimal decimal;
  SanDate date;
  SanInstant instant;

  if (san_value_get_bool (value, &yes))
    set_point (term, KIND_BOOL, yes);
  else if (san_value_get_int (value, &whole))
    set_point (term, KIND_NUMBER, scaled (whole, 0));
  else if (san_value_get_decimal (value, &decimal))
    set_point (term, KIND_NUMBER, scaled (decimal.digits, decimal.scale));
  else if (san_value_get_date (value, &date))
    {
      term->kind = KIND_DAYS;
      term->first = san_date_get_first (&date);
      term->last = san_date_get_last (&date);
    }
  else if (san_value_get_instant (value, &instant))
    {
      set_point (term, KIND_INSTANT, instant.ms);
      term->day = san_date_from_instant (&instant).days;
    }
  else if ((term->codes = san_value_dup_codes (value)) != NULL)
    term->kind = KIND_CODES;
  else if (san_value_get_type (value) == SAN_VALUE_TEXT)
    {
      term->codes = g_new0 (char *, 2);
      term->codes[0] = san_value_dup_text (value);
      term->kind = KIND_CODES;
    }
}

static void
term_from_operand (Term *term, const SanOperand *operand, const SanConditionScope *scope)
{
  int youngest, oldest;

  memset (term, 0, sizeof *term);
  if (operand->is_age)
    {
      if (scope->get_age == NULL || !scope->get_age (&youngest, &oldest, scope->data))
        return;
      term->kind = KIND_NUMBER;
      term->first = scaled (youngest, 0);
      term->last = scaled (oldest, 0);
    }
  else if (operand->literal != NULL)
    term_from_value (term, operand->literal);
  else
    {
      g_autoptr(SanValue) value = scope->get_value (operand->name, scope->data);

      if (value != NULL)
        term_from_value (term, value);
    }
}

static gboolean
share_a_code (const Term *a, const Term *b)
{
  for (guint i = 0; a->codes[i] != NULL; i++)
    if (g_strv_contains ((const char * const *) b->codes, a->codes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
same_codes (const Term *a, const Term *b)
{
  guint n = g_strv_length (a->codes);

  if (n != g_strv_length (b->codes))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_strv_contains ((const char * const *) b->codes, a->codes[i]))
      return FALSE;
  return TRUE;
}

/* An instant beside a day is seen as its day. */
static gboolean
bring_together (Term *a, Term *b)
{
  if (a->kind == KIND_INSTANT && b->kind == KIND_DAYS)
    set_point (a, KIND_DAYS, a->day);
  else if (a->kind == KIND_DAYS && b->kind == KIND_INSTANT)
    set_point (b, KIND_DAYS, b->day);
  return a->kind == b->kind && a->kind != KIND_NONE;
}

static gboolean
compare (Term *a, SanOp op, Term *b)
{
  if (!bring_together (a, b))
    return FALSE;
  if (a->kind == KIND_CODES)
    {
      if (op == SAN_OP_EQUAL || op == SAN_OP_DIFFERS)
        return same_codes (a, b) == (op == SAN_OP_EQUAL);
      return FALSE;                         /* texts have no order that everybody shares */
    }
  switch (op)
    {
    case SAN_OP_EQUAL:
      return a->first <= b->last && b->first <= a->last;
    case SAN_OP_DIFFERS:
      return a->first != b->last || a->last != b->first;
    case SAN_OP_LESS:
      return a->first < b->last;
    case SAN_OP_AT_MOST:
      return a->first <= b->last;
    case SAN_OP_MORE:
      return a->last > b->first;
    case SAN_OP_AT_LEAST:
      return a->last >= b->first;
    default:
      return FALSE;
    }
}

static gboolean
is_among (Term *a, Term *b)
{
  if (a->kind == KIND_CODES && b->kind == KIND_CODES)
    return share_a_code (a, b);
  return compare (a, SAN_OP_EQUAL, b);
}

static gboolean
holds_for_operands (const SanNode *node, const SanConditionScope *scope)
{
  Term left, right;
  gboolean holds = FALSE;

  term_from_operand (&left, &g_array_index (node->operands, SanOperand, 0), scope);
  for (guint i = 1; !holds && i < node->operands->len; i++)
    {
      Term copy = left;

      term_from_operand (&right, &g_array_index (node->operands, SanOperand, i), scope);
      holds =
          node->kind == SAN_NODE_IN ? is_among (&copy, &right) : compare (&copy, node->op, &right);
      term_clear (&right);
    }
  term_clear (&left);
  return holds;
}

static gboolean
holds_for_name (const SanNode *node, const SanConditionScope *scope)
{
  const SanOperand *operand = &g_array_index (node->operands, SanOperand, 0);
  g_autoptr(SanValue) value = scope->get_value (operand->name, scope->data);
  gboolean yes = FALSE;

  if (value == NULL || san_value_get_type (value) == SAN_VALUE_CLEARED)
    return FALSE;
  return node->kind == SAN_NODE_ANSWERED || (san_value_get_bool (value, &yes) && yes);
}

static gboolean
node_holds (const SanNode *node, const SanConditionScope *scope)
{
  switch (node->kind)
    {
    case SAN_NODE_AND:
      return node_holds (node->left, scope) && node_holds (node->right, scope);
    case SAN_NODE_OR:
      return node_holds (node->left, scope) || node_holds (node->right, scope);
    case SAN_NODE_NOT:
      return !node_holds (node->left, scope);
    case SAN_NODE_ANSWERED:
    case SAN_NODE_IS_YES:
      return holds_for_name (node, scope);
    case SAN_NODE_COMPARE:
    case SAN_NODE_IN:
    default:
      return holds_for_operands (node, scope);
    }
}

/**
 * san_condition_holds:
 * @self: (nullable): no condition holds always
 * @scope: where answers come from
 */
gboolean
san_condition_holds (const SanCondition *self, const SanConditionScope *scope)
{
  return self == NULL || node_holds (self->root, scope);
}

static gboolean
check_node (const SanNode *node, SanConditionCheck check, gpointer data, GError **error)
{
  if (node == NULL)
    return TRUE;
  if (node->kind == SAN_NODE_IS_YES)
    {
      g_autoptr(SanValue) yes = san_value_new_bool (TRUE);

      return check (g_array_index (node->operands, SanOperand, 0).name, yes, data, error);
    }
  for (guint i = 0; i < node->operands->len; i++)
    for (guint j = 0; j < node->operands->len; j++)
      {
        const SanOperand *name = &g_array_index (node->operands, SanOperand, i);
        const SanOperand *literal = &g_array_index (node->operands, SanOperand, j);

        if (name->name != NULL && literal->literal != NULL
            && !check (name->name, literal->literal, data, error))
          return FALSE;
      }
  return check_node (node->left, check, data, error) &&
         check_node (node->right, check, data, error);
}

/**
 * san_condition_check:
 *
 * A name that stands alone counts as compared with yes.
 */
gboolean
san_condition_check (const SanCondition *self, SanConditionCheck check, gpointer data,
                     GError **error)
{
  return check_node (self->root, check, data, error);
}
