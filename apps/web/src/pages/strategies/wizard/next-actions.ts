interface Outcome {
  /** The strategy is stored. */
  made: boolean;
  /** The last of the validations has ended, and its verdict is read. */
  judged: boolean;
  /** A step has failed: nothing runs on by itself. */
  failed: boolean;
  /** It passes a policy. */
  passes: boolean;
  promoted: boolean;
}

export type NextAction = 'wait' | 'promote' | 'deploy' | 'change' | 'why' | 'sweep' | 'open';

/** What is offered under the result, the one to take first; nothing is promoted before the verdict, nothing deployed before it is promoted. */
export function nextActions({ made, judged, failed, passes, promoted }: Outcome): NextAction[] {
  if (!made) return [];
  if (!judged) return failed ? ['open'] : ['wait', 'open'];
  if (promoted) return ['deploy', 'change', 'open'];
  return passes ? ['promote', 'change', 'open'] : ['why', 'change', 'sweep', 'open'];
}
