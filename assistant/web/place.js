/** Where our files are: beside this script, be it one of many or all of them joined. */
export const HERE = new URL(".", import.meta.url);

/** Return what a part of the assistant exports that is loaded when it is first wanted. */
export async function part(name) {
  return (await import(new URL(name, HERE))).default;
}
