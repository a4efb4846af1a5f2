/** Where our files are: beside this script, be it one of many or all of them joined. */
export const HERE = new URL(".", import.meta.url);
const failures = new Map();

/** Return a module of ours; one that did not come is asked for anew, which not every browser does by itself. */
export async function load(name) {
  const address = new URL(name, HERE);
  const failed = failures.get(name) ?? 0;
  if (failed) address.search = failed;
  try {
    return await import(address);
  } catch (error) {
    failures.set(name, failed + 1);
    throw error;
  }
}
