/* san-condition-private.h - the tree between san-condition.c (reading) and -eval.c (answering) */
#pragma once
#include "san-condition.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_NODE_AND,
  SAN_NODE_OR,
  SAN_NODE_NOT,
  SAN_NODE_ANSWERED,       /* operand 0 is a name */
  SAN_NODE_IS_YES,         /* operand 0 is a name */
  SAN_NODE_COMPARE,        /* operands 0 and 1 */
  SAN_NODE_IN,             /* operand 0 in any of the others */
} SanNodeKind;

typedef enum
{
  SAN_OP_EQUAL,
  SAN_OP_DIFFERS,
  SAN_OP_LESS,
  SAN_OP_AT_MOST,
  SAN_OP_MORE,
  SAN_OP_AT_LEAST
} SanOp;

/* Exactly one of the three: a name, a literal, age(). */
typedef struct
{
  char     *name;
  SanValue *literal;
  gboolean  is_age;
} SanOperand;

typedef struct _SanNode SanNode;
struct _SanNode
{
  SanNodeKind kind;
  SanOp       op;
  SanNode    *left, *right;
  GArray     *operands;    /* of SanOperand */
};

struct _SanCondition
{
  gatomicrefcount ref_count;
  char           *text;
  SanNode        *root;
  char          **names;
  gboolean        uses_age;
};

G_END_DECLS
