const STEPS: Record<string, string> = {
  document: 'The document',
  artifact: 'The fitted model',
  data: 'The series',
  evaluator: 'The evaluation',
  broker: 'The broker',
};

/** A step of a dry run as a sentence in two parts: what it is about, and what it came to, which the service says without a subject. */
export const dryRunStep = (step: string, passed: boolean, detail: string): [about: string, outcome: string] => {
  const about = STEPS[step] ?? step;
  return passed ? [about, detail] : [`${about}:`, detail];
};
