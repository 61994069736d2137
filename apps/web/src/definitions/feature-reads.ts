import type { Feature } from './features-query';

type Read = Pick<Feature, 'id' | 'name' | 'params'>;

/** What may be a name in a parameter: a whole text (`column`), or words of a formula. */
function wordsIn(params: Readonly<Record<string, unknown>>): Set<string> {
  const texts = Object.values(params).filter((value) => typeof value === 'string');
  return new Set(texts.flatMap((text) => [text, ...text.split(/[^A-Za-z0-9_.]+/)]));
}

/**
 * The features that one reads by name, theirs before them, in the order in which they have to be listed. A name that several
 * features have is taken from the newest of them; a feature never reads itself.
 */
export function readsOf<F extends Read>(feature: F, all: readonly F[]): F[] {
  const byName = new Map(all.map((one) => [one.name, one]));
  const listed: F[] = [];
  const open = new Set([feature.id]);
  const list = (one: F): void => {
    for (const word of wordsIn(one.params)) {
      const read = byName.get(word);
      if (!read || open.has(read.id) || listed.includes(read)) continue;
      open.add(read.id);
      list(read);
      listed.push(read);
    }
  };
  list(feature);
  return listed;
}
