/* A room linked whole with its declared friends: a call past the fence does not link. */
int
main (void)
{
  return 0;
}
