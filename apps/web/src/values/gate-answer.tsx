import { shortAnswer } from '../format/gate-answer';

/** The answer of a gate, short; with all its digits and parts under the pointer. */
export const GateAnswer = ({ words }: { words: string }) => <span title={words}>{shortAnswer(words)}</span>;
