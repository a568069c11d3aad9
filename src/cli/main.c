/* sanrakshan-cli - the second face of the core, for a terminal */
int
main (int argc, char **argv)
{
  return 0;
}
