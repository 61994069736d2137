import { hasParts, SPINS, STAGE, takePart, WORD, type DoPart } from './team-words';

/** Sleep that nobody ends is looked at again. */
const NAP_MS = 1000;

/** Does parts of a team's work in another thread than the leader's, until the team is closed. What `doPart` throws loses the team. */
export function helpTeam(words: Int32Array, doPart: DoPart): void {
  let spin = 0;
  while (Atomics.load(words, WORD.stage) === STAGE.open) {
    const seen = Atomics.load(words, WORD.parts);
    if (hasParts(seen)) {
      const part = takePart(words, false);
      if (part >= 0) doOne(words, doPart, part);
      spin = 0;
    } else if (++spin > SPINS) {
      Atomics.add(words, WORD.sleepers, 1);
      Atomics.wait(words, WORD.parts, seen, NAP_MS);
      Atomics.sub(words, WORD.sleepers, 1);
      spin = 0;
    }
  }
}

/** The same for one round alone: returns when all its parts are taken. */
export function helpRound(words: Int32Array, doPart: DoPart): void {
  let spin = 0;
  for (let seen = Atomics.load(words, WORD.parts); !hasParts(seen); seen = Atomics.load(words, WORD.parts)) {
    if (Atomics.load(words, WORD.stage) !== STAGE.open) return;
    if (++spin > SPINS) Atomics.wait(words, WORD.parts, seen, NAP_MS);
  }
  for (let part = takePart(words, false); part >= 0; part = takePart(words, false)) doOne(words, doPart, part);
}

function doOne(words: Int32Array, doPart: DoPart, part: number): void {
  try {
    doPart(Atomics.load(words, WORD.kind), part);
  } catch (error) {
    loseTeam(words);
    throw error;
  }
  Atomics.add(words, WORD.done, 1);
  if (Atomics.load(words, WORD.waiting) === 1) Atomics.notify(words, WORD.done);
}

/** Tells the leader that a helper is gone; for the last moment of a thread that ends in the middle of its work. */
export function loseTeam(words: Int32Array): void {
  Atomics.compareExchange(words, WORD.stage, STAGE.open, STAGE.lost);
  Atomics.notify(words, WORD.done);
}
