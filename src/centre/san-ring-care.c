/* san-ring-care.c - rings that this login has to make or renew
 *
 * Nobody is asked to learn a new secret when somebody leaves: a removal only orders that rings be
 * renewed, and the next holder who logs in does it without noticing. The first counsellor makes
 * the clinical ring, so that the superintendent never knows it. */
#include "san-ring-care.h"
#include "san-ring.h"
#include "san-store-rights.h"

gboolean
san_ring_choose (SanCentre *centre, const SanAuthority *authority, guint compartment,
                 SanRingVerdict *verdict, SanId32 *ring, GArray **others, GError **error)
{
  g_autoptr(GPtrArray) rings = san_store_list_rings (centre->store, (int) compartment, error);
  g_autofree SanId32 *held = NULL;
  SanId32 mine;
  gboolean has_mine = san_store_get_my_ring (centre->store, (guint8) compartment, &mine);

  if (rings == NULL)
    return FALSE;
  held = g_new (SanId32, rings->len + 1);
  for (guint i = 0; i < rings->len; i++)
    held[i] = ((const SanHeldRing *) g_ptr_array_index (rings, i))->id;
  *verdict = san_authority_choose_ring (authority, has_mine ? &mine : NULL, held, rings->len, ring,
                                        others);
  return TRUE;
}

static SanGrantee
recovery_grantee (const SanAuthority *authority)
{
  const SanRecovery *recovery = san_authority_get_recovery_in_force (authority);
  SanGrantee grantee = { recovery->sign_pk, recovery->box_pk };

  return grantee;
}

gboolean
san_ring_make_first (SanPress *press, SanCentre *centre, guint compartment, SanId32 *id,
                     GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (centre, error);
  g_autoptr(SanBoxKey) ring = san_box_key_new_random ();
  g_autoptr(SanAuthorityBody) body = NULL;
  SanGrantee me = { *san_sign_key_get_public (centre->seat_key),
                    *san_box_key_get_public (centre->seat_box) };
  SanGrantee recovery;

  if (authority == NULL)
    return FALSE;
  recovery = recovery_grantee (authority);
  body = san_new_ring_make ((guint8) compartment, ring, NULL, NULL, &recovery, &me, 1, error);
  return body != NULL && san_press_add_authority (press, &centre->id, body, id, error);
}

static GArray *
list_heir_grantees (const SanAuthority *authority, const SanId32 *ring)
{
  g_autoptr(GArray) heirs = san_authority_list_heirs (authority, ring);
  GArray *grantees = g_array_new (FALSE, FALSE, sizeof (SanGrantee));

  for (guint i = 0; i < heirs->len; i++)
    {
      const SanSeat *seat = san_authority_find_seat (authority, &g_array_index (heirs, SanId32, i));

      if (seat != NULL)
        {
          SanGrantee grantee = { seat->seat, seat->box_pk };

          g_array_append_val (grantees, grantee);
        }
    }
  return grantees;
}

/* Branches that were made without seeing each other are handed to the new ring. */
static gboolean
hand_to_ring (SanPress *press, SanCentre *centre, const SanId32 *from, const SanId32 *to,
              const SanId32 *to_pk, GError **error)
{
  g_autoptr(SanBoxKey) key = san_store_dup_ring (centre->store, from, error);
  SanGrantee grantee = { *to, *to_pk };
  g_autoptr(SanAuthorityBody) body = NULL;

  if (key == NULL)
    return FALSE;
  body = san_ring_grant_make (from, key, &grantee, error);
  return body != NULL && san_press_add_authority (press, &centre->id, body, NULL, error);
}

gboolean
san_ring_rotate (SanPress *press, SanCentre *centre, const SanId32 *ring, GArray *others,
                 GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (centre, error);
  const SanRing *old = authority != NULL ? san_authority_find_ring (authority, ring) : NULL;
  g_autoptr(SanBoxKey) old_key = NULL;
  g_autoptr(SanBoxKey) fresh = san_box_key_new_random ();
  g_autoptr(GArray) grantees = NULL;
  g_autoptr(SanAuthorityBody) body = NULL;
  SanGrantee recovery;
  SanId32 id;

  if (old == NULL)
    return FALSE;
  old_key = san_store_dup_ring (centre->store, ring, error);
  if (old_key == NULL)
    return FALSE;
  recovery = recovery_grantee (authority);
  grantees = list_heir_grantees (authority, ring);
  body = san_new_ring_make (old->compartment, fresh, ring, old_key, &recovery,
                            (const SanGrantee *) grantees->data, grantees->len, error);
  if (body == NULL || !san_press_add_authority (press, &centre->id, body, &id, error))
    return FALSE;
  for (guint i = 0; others != NULL && i < others->len; i++)
    if (!hand_to_ring (press, centre, &g_array_index (others, SanId32, i), &id,
                       san_box_key_get_public (fresh), error))
      return FALSE;
  return TRUE;
}

gboolean
san_ring_hand_to_seat (SanPress *press, SanCentre *centre, const SanId32 *ring, const SanId32 *seat,
                       const SanId32 *box_pk, GError **error)
{
  g_autoptr(SanBoxKey) key = san_store_dup_ring (centre->store, ring, error);
  SanGrantee grantee = { *seat, *box_pk };
  g_autoptr(SanAuthorityBody) body = NULL;

  if (key == NULL)
    return FALSE;
  body = san_ring_grant_make (ring, key, &grantee, error);
  return body != NULL && san_press_add_authority (press, &centre->id, body, NULL, error);
}

static gboolean
has_ring (const SanAuthority *authority, guint compartment)
{
  for (guint i = 0; i < san_authority_get_n_rings (authority); i++)
    {
      const SanRing *ring = san_authority_get_ring (authority, i);

      if (ring->compartment == compartment && ring->effective)
        return TRUE;
    }
  return FALSE;
}

/* A recovery code that was replaced opens what it was given, wherever it lies: it is given no more.
 */
static gboolean
old_code_has (const SanAuthority *authority, const SanId32 *ring_id)
{
  const SanRing *ring = san_authority_find_ring (authority, ring_id);
  const SanId32 *now = &san_authority_get_recovery_in_force (authority)->sign_pk;

  for (guint i = 0; ring != NULL && i < ring->n_holds; i++)
    if (san_authority_is_recovery (authority, &ring->holds[i].grantee) &&
        !san_id32_equal (&ring->holds[i].grantee, now))
      return TRUE;
  return FALSE;
}

typedef struct
{
  guint   compartment;
  gboolean first;
  SanId32 ring;
  GArray *others;
} Task;

static void
task_clear (Task *task)
{
  g_clear_pointer (&task->others, g_array_unref);
}

static gboolean
look_for_renewal (SanCentre *centre, const SanAuthority *authority, Task *task, gboolean *needed,
                  GError **error)
{
  SanRingVerdict verdict;

  if (!san_ring_choose (centre, authority, task->compartment, &verdict, &task->ring, &task->others,
                        error))
    return FALSE;
  *needed = verdict == SAN_RING_ROTATE ||
            (verdict == SAN_RING_USE && old_code_has (authority, &task->ring));
  return TRUE;
}

/* What is to be done, found before the press begins. */
static GArray *
list_tasks (SanCentre *centre, const SanAuthority *authority, GError **error)
{
  g_autoptr(GArray) tasks = g_array_new (FALSE, TRUE, sizeof (Task));
  gboolean superintendent = san_role_is_superintendent (centre->role);

  g_array_set_clear_func (tasks, (GDestroyNotify) task_clear);
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      Task task = { c, FALSE, san_id32_zero, NULL };
      gboolean needed;

      if (!(centre->reads & (1u << c)) || (c == SAN_COMPARTMENT_HOUSE && !superintendent))
        continue;
      task.first = needed = !has_ring (authority, c);
      if (!needed && !look_for_renewal (centre, authority, &task, &needed, error))
        return NULL;
      if (needed)
        g_array_append_val (tasks, task);
      else
        task_clear (&task);
    }
  return g_steal_pointer (&tasks);
}

static gboolean
do_tasks (SanCentre *centre, GArray *tasks, GError **error)
{
  g_autoptr(SanPress) press = san_press_begin (centre, error);

  if (press == NULL)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    {
      Task *task = &g_array_index (tasks, Task, i);

      if (task->first ? !san_ring_make_first (press, centre, task->compartment, NULL, error)
                      : !san_ring_rotate (press, centre, &task->ring, task->others, error))
        return FALSE;
      san_centre_notice (centre, task->first ? "ring-made" : "ring-renewed");
    }
  return san_press_commit (press, error);
}

gboolean
san_ring_care (SanCentre *centre, GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (centre, error);
  const SanSeat *me;
  g_autoptr(GArray) tasks = NULL;

  if (authority == NULL)
    return FALSE;
  me = san_authority_find_seat (authority, san_sign_key_get_public (centre->seat_key));
  if (me == NULL || me->removed || me->suspended || san_authority_is_frozen (authority))
    return TRUE;
  tasks = list_tasks (centre, authority, error);
  if (tasks == NULL)
    return FALSE;
  if (tasks->len == 0)
    return TRUE;
  if (!do_tasks (centre, tasks, error))
    return FALSE;
  return san_store_unlock (centre->store, san_sign_key_get_public (centre->seat_key),
                           centre->seat_box, NULL, error);
}
