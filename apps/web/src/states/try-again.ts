/** Before each try but the first. */
const PAUSES_MS = [500, 1_000, 2_000];

/** What `load` gives; where it fails it is asked again, after a pause each. @throws what the last try failed of */
export async function tryAgain<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return load();
}
