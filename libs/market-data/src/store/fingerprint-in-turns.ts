import { setImmediate } from 'node:timers/promises';
import { fingerprintSteps } from '@assay/primitives';

/** `barsFingerprint` that lets others have their turn every few milliseconds; the bars must not change meanwhile. */
export async function fingerprintInTurns(...bars: Parameters<typeof fingerprintSteps>): Promise<string> {
  const steps = fingerprintSteps(...bars);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
