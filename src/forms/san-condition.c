/* san-condition.c - the small language of conditions, read into a tree
 *
 * CONDITIONS.md is the promise. Recursive descent over one short line; depth and length are
 * limited, so a hostile form costs nothing. Answering is san-condition-eval.c. */
#include "san-condition-private.h"

#include <string.h>

typedef enum
{
  TOKEN_END,
  TOKEN_NAME,              /* also and, or, not, in, yes, no, age, answered */
  TOKEN_TEXT,
  TOKEN_NUMBER,
  TOKEN_DAY,
  TOKEN_SIGN,              /* = != < <= > >= ( ) , */
} TokenKind;

typedef struct
{
  const char *text;
  gsize       next;        /* where the token after this one begins */
  gsize       start;
  TokenKind   kind;
  char       *token;       /* owned; a text without its quotes */
  guint       depth;
} Parser;

static SanNode *parse_or (Parser *parser, GError **error);

/* ---- nodes ---- */

static void
operand_clear (gpointer data)
{
  SanOperand *operand = data;

  g_free (operand->name);
  g_clear_pointer (&operand->literal, san_value_unref);
}

static SanNode *
node_new (SanNodeKind kind)
{
  SanNode *node = g_new0 (SanNode, 1);

  node->kind = kind;
  node->operands = g_array_new (FALSE, TRUE, sizeof (SanOperand));
  g_array_set_clear_func (node->operands, operand_clear);
  return node;
}

static void
node_free (SanNode *node)
{
  if (node == NULL)
    return;
  node_free (node->left);
  node_free (node->right);
  g_array_unref (node->operands);
  g_free (node);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanNode, node_free)

/* ---- tokens ---- */

static gboolean
refuse (const Parser *parser, GError **error, const char *expected)
{
  if (parser->kind == TOKEN_END)
    g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                 "column %" G_GSIZE_FORMAT ": expected %s, found the end", parser->start + 1,
                 expected);
  else
    g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                 "column %" G_GSIZE_FORMAT ": expected %s, found “%s”", parser->start + 1, expected,
                 parser->token);
  return FALSE;
}

static gsize
name_length (const char *p)
{
  gsize n = 1;

  while (
      g_ascii_islower (p[n]) || g_ascii_isdigit (p[n]) ||
      ((p[n] == '.' || p[n] == '-') && (g_ascii_islower (p[n + 1]) || g_ascii_isdigit (p[n + 1]))))
    n++;
  return n;
}

static gsize
number_length (const char *p)
{
  gsize n = p[0] == '-';
  gsize digits = n;

  while (g_ascii_isdigit (p[n]))
    n++;
  if (n == digits)
    return 0;
  if (p[n] == '.' && g_ascii_isdigit (p[n + 1]))
    for (n++; g_ascii_isdigit (p[n]);)
      n++;
  return n;
}

static gboolean
looks_like_day (const char *p)
{
  static const char shape[] = "dddd-dd-dd";

  for (gsize i = 0; shape[i] != '\0'; i++)
    if (shape[i] == 'd' ? !g_ascii_isdigit (p[i]) : p[i] != shape[i])
      return FALSE;
  return TRUE;
}

static gsize
sign_length (const char *p)
{
  if (strncmp (p, "!=", 2) == 0 || strncmp (p, "<=", 2) == 0 || strncmp (p, ">=", 2) == 0)
    return 2;
  return *p != '\0' && strchr ("=<>(),", *p) != NULL ? 1 : 0;
}

static gboolean
take_text (Parser *parser, const char *p, GError **error)
{
  const char *end = strchr (p + 1, *p);

  if (end == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "column %" G_GSIZE_FORMAT ": the text has no end", parser->start + 1);
      return FALSE;
    }
  parser->kind = TOKEN_TEXT;
  parser->token = g_strndup (p + 1, end - p - 1);
  parser->next = end + 1 - parser->text;
  return TRUE;
}

/* Moves to the next token. */
static gboolean
advance (Parser *parser, GError **error)
{
  const char *p = parser->text + parser->next;
  gsize n;

  while (g_ascii_isspace (*p))
    p++;
  parser->start = p - parser->text;
  g_clear_pointer (&parser->token, g_free);
  if (*p == '\'' || *p == '"')
    return take_text (parser, p, error);
  if (*p == '\0')
    parser->kind = TOKEN_END, n = 0;
  else if (g_ascii_islower (*p))
    parser->kind = TOKEN_NAME, n = name_length (p);
  else if (looks_like_day (p))
    parser->kind = TOKEN_DAY, n = 10;
  else if ((n = number_length (p)) > 0)
    parser->kind = TOKEN_NUMBER;
  else if ((n = sign_length (p)) > 0)
    parser->kind = TOKEN_SIGN;
  else
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "column %" G_GSIZE_FORMAT ": this sign has no meaning here", parser->start + 1);
      parser->kind = TOKEN_END;
      return FALSE;
    }
  parser->token = g_strndup (p, n);
  parser->next = parser->start + n;
  return TRUE;
}

static gboolean
is_word (const Parser *parser, const char *word)
{
  return parser->kind == TOKEN_NAME && strcmp (parser->token, word) == 0;
}

static gboolean
is_sign (const Parser *parser, const char *sign)
{
  return parser->kind == TOKEN_SIGN && strcmp (parser->token, sign) == 0;
}

static gboolean
take_sign (Parser *parser, const char *sign, GError **error)
{
  g_autofree char *expected = g_strdup_printf ("“%s”", sign);

  return is_sign (parser, sign) ? advance (parser, error) : refuse (parser, error, expected);
}

static gboolean
is_reserved (const char *word)
{
  static const char *const words[] = { "and", "or",  "not",      "in", "yes",
                                       "no",  "age", "answered", NULL };

  return g_strv_contains (words, word);
}

/* ---- operands ---- */

static gboolean
read_number (const Parser *parser, SanValue **out, GError **error)
{
  g_auto(GStrv) parts = g_strsplit (parser->token, ".", 2);
  g_autofree char *digits = g_strconcat (parts[0], parts[1], NULL);
  SanDecimal decimal = { 0, 0 };

  if (strlen (digits) > 16 || (parts[1] != NULL && strlen (parts[1]) > 9))
    return refuse (parser, error, "a number of at most 15 figures, 9 of them behind the point");
  decimal.digits = g_ascii_strtoll (digits, NULL, 10);
  decimal.scale = (guint8) (parts[1] != NULL ? strlen (parts[1]) : 0);
  *out = san_value_new_decimal (&decimal);
  return TRUE;
}

static gboolean
read_literal (const Parser *parser, SanValue **out, GError **error)
{
  SanDate day;

  switch (parser->kind)
    {
    case TOKEN_TEXT:
      *out = san_value_new_text (parser->token, error);
      return *out != NULL;
    case TOKEN_NUMBER:
      return read_number (parser, out, error);
    case TOKEN_DAY:
      if (!san_date_from_text (parser->token, &day, NULL))
        return refuse (parser, error, "a day of the calendar");
      *out = san_value_new_date (&day);
      return TRUE;
    case TOKEN_NAME:
      if (is_word (parser, "yes") || is_word (parser, "no"))
        {
          *out = san_value_new_bool (is_word (parser, "yes"));
          return TRUE;
        }
      break;
    case TOKEN_END:
    case TOKEN_SIGN:
    default:
      break;
    }
  return refuse (parser, error, "a text in quotes, a number, a day, yes or no");
}

static gboolean
take_operand (Parser *parser, GArray *operands, GError **error)
{
  SanOperand operand = { NULL, NULL, FALSE };

  if (is_word (parser, "age"))
    {
      if (!advance (parser, error) || !take_sign (parser, "(", error) ||
          !take_sign (parser, ")", error))
        return FALSE;
      operand.is_age = TRUE;
      g_array_append_val (operands, operand);
      return TRUE;
    }
  if (parser->kind == TOKEN_NAME && !is_reserved (parser->token))
    operand.name = g_strdup (parser->token);
  else if (parser->kind == TOKEN_END || parser->kind == TOKEN_SIGN)
    return refuse (parser, error, "the name of a field or fact, a value or age()");
  else if (!read_literal (parser, &operand.literal, error))
    return FALSE;
  g_array_append_val (operands, operand);
  return advance (parser, error);
}

/* ---- the grammar, from the outside in ---- */

static SanNode *
parse_answered (Parser *parser, GError **error)
{
  g_autoptr(SanNode) node = node_new (SAN_NODE_ANSWERED);

  if (!advance (parser, error) || !take_sign (parser, "(", error))
    return NULL;
  if (parser->kind != TOKEN_NAME || is_reserved (parser->token))
    {
      refuse (parser, error, "the name of a field or fact");
      return NULL;
    }
  if (!take_operand (parser, node->operands, error) || !take_sign (parser, ")", error))
    return NULL;
  return g_steal_pointer (&node);
}

/* ( 'a', 'b' ) or a name */
static gboolean
parse_choices (Parser *parser, GArray *operands, GError **error)
{
  if (!is_sign (parser, "("))
    {
      if (parser->kind == TOKEN_NAME && !is_reserved (parser->token))
        return take_operand (parser, operands, error);
      return refuse (parser, error, "“(” or the name of a field or fact");
    }
  do
    {
      SanOperand operand = { NULL, NULL, FALSE };

      if (!advance (parser, error) || !read_literal (parser, &operand.literal, error))
        return FALSE;
      g_array_append_val (operands, operand);
      if (!advance (parser, error))
        return FALSE;
    }
  while (is_sign (parser, ","));
  return take_sign (parser, ")", error);
}

static gboolean
get_op (const Parser *parser, SanOp *op)
{
  static const char * const signs[] = { "=", "!=", "<", "<=", ">", ">=" };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (is_sign (parser, signs[i]))
      {
        *op = (SanOp) i;
        return TRUE;
      }
  return FALSE;
}

static SanNode *
parse_comparison (Parser *parser, GError **error)
{
  g_autoptr(SanNode) node = node_new (SAN_NODE_COMPARE);

  if (!take_operand (parser, node->operands, error))
    return NULL;
  if (is_word (parser, "in"))
    {
      node->kind = SAN_NODE_IN;
      if (!advance (parser, error) || !parse_choices (parser, node->operands, error))
        return NULL;
    }
  else if (get_op (parser, &node->op))
    {
      if (!advance (parser, error) || !take_operand (parser, node->operands, error))
        return NULL;
    }
  else if (g_array_index (node->operands, SanOperand, 0).name != NULL)
    node->kind = SAN_NODE_IS_YES;
  else
    {
      refuse (parser, error, "= != < <= > >= or in");
      return NULL;
    }
  return g_steal_pointer (&node);
}

static SanNode *
parse_not (Parser *parser, GError **error)
{
  g_autoptr(SanNode) node = NULL;

  if (parser->depth >= SAN_CONDITION_MAX_DEPTH)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "column %" G_GSIZE_FORMAT ": nested more than %u deep", parser->start + 1,
                   SAN_CONDITION_MAX_DEPTH);
      return NULL;
    }
  parser->depth++;
  if (is_word (parser, "not"))
    {
      node = node_new (SAN_NODE_NOT);
      if (!advance (parser, error) || (node->left = parse_not (parser, error)) == NULL)
        return NULL;
    }
  else if (is_sign (parser, "("))
    {
      if (!advance (parser, error) || (node = parse_or (parser, error)) == NULL
          || !take_sign (parser, ")", error))
        return NULL;
    }
  else if (is_word (parser, "answered"))
    node = parse_answered (parser, error);
  else
    node = parse_comparison (parser, error);
  parser->depth--;
  return g_steal_pointer (&node);
}

static SanNode *
parse_and (Parser *parser, GError **error)
{
  g_autoptr(SanNode) node = parse_not (parser, error);

  while (node != NULL && is_word (parser, "and"))
    {
      g_autoptr(SanNode) both = node_new (SAN_NODE_AND);

      both->left = g_steal_pointer (&node);
      if (!advance (parser, error) || (both->right = parse_not (parser, error)) == NULL)
        return NULL;
      node = g_steal_pointer (&both);
    }
  return g_steal_pointer (&node);
}

static SanNode *
parse_or (Parser *parser, GError **error)
{
  g_autoptr(SanNode) node = parse_and (parser, error);

  while (node != NULL && is_word (parser, "or"))
    {
      g_autoptr(SanNode) either = node_new (SAN_NODE_OR);

      either->left = g_steal_pointer (&node);
      if (!advance (parser, error) || (either->right = parse_and (parser, error)) == NULL)
        return NULL;
      node = g_steal_pointer (&either);
    }
  return g_steal_pointer (&node);
}

/* ---- the whole ---- */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
gather (const SanNode *node, GPtrArray *names, gboolean *uses_age)
{
  if (node == NULL)
    return;
  gather (node->left, names, uses_age);
  gather (node->right, names, uses_age);
  for (guint i = 0; i < node->operands->len; i++)
    {
      const SanOperand *operand = &g_array_index (node->operands, SanOperand, i);

      *uses_age |= operand->is_age;
      if (operand->name != NULL &&
          !g_ptr_array_find_with_equal_func (names, operand->name, g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (operand->name));
    }
}

static SanCondition *
condition_new (const char *text, SanNode *root)
{
  SanCondition *self = g_new0 (SanCondition, 1);
  GPtrArray *names = g_ptr_array_new ();

  g_atomic_ref_count_init (&self->ref_count);
  self->text = g_strdup (text);
  self->root = root;
  gather (root, names, &self->uses_age);
  g_ptr_array_sort (names, compare_texts);
  g_ptr_array_add (names, NULL);
  self->names = (char **) g_ptr_array_free (names, FALSE);
  return self;
}

/**
 * san_condition_parse:
 * @text: one condition, see CONDITIONS.md
 *
 * Returns: (transfer full): %NULL with INVALID, which names the column
 */
SanCondition *
san_condition_parse (const char *text, GError **error)
{
  Parser parser = { text, 0, 0, TOKEN_END, NULL, 0 };
  g_autoptr(SanNode) root = NULL;

  if (strlen (text) > SAN_CONDITION_MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "column 1: has %" G_GSIZE_FORMAT
                   " bytes or bad letters, limit is %u", strlen (text), SAN_CONDITION_MAX_LENGTH);
      return NULL;
    }
  if (advance (&parser, error))
    root = parse_or (&parser, error);
  if (root != NULL && parser.kind != TOKEN_END)
    {
      refuse (&parser, error, "and, or, or the end");
      g_clear_pointer (&root, node_free);
    }
  g_free (parser.token);
  return root != NULL ? condition_new (text, g_steal_pointer (&root)) : NULL;
}

SanCondition *
san_condition_ref (SanCondition *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
san_condition_unref (SanCondition *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  node_free (self->root);
  g_strfreev (self->names);
  g_free (self->text);
  g_free (self);
}

const char * const *
san_condition_get_names (const SanCondition *self)
{
  return (const char * const *) self->names;
}

gboolean
san_condition_uses_age (const SanCondition *self)
{
  return self->uses_age;
}

const char *
san_condition_get_text (const SanCondition *self)
{
  return self->text;
}
