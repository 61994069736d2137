export { LEXICON_VERSION } from './lexicon';
export { NEWS_MEASURES, newsColumn, type NewsMeasure, type NewsWindow } from './news-columns';
export { newsFingerprint, newsStates, textOf, type KnownNews } from './news-states';
export { scoreText, type ScoredTerm, type TextScore } from './score-text';
