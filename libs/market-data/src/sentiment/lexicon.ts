/**
 * Words and phrases of financial news with their tone: our own list, small enough to be read through. A change of it changes scores,
 * so it has a version.
 */
export const LEXICON_VERSION = '1';

/** Tone -> words in all the forms that count. 2 is what moves prices by itself, such as a bankruptcy. */
const WORDS: Readonly<Record<number, string>> = {
  2: 'soar soars soared soaring surge surges surged surging skyrocket skyrockets skyrocketed rally rallies rallied rallying blockbuster breakthrough',
  1:
    'accelerate accelerates accelerated advance advances advanced approval approve approves approved beat beats beating boom booming boost ' +
    'boosts boosted bullish buyback climb climbs climbed climbing exceed exceeds exceeded expand expands expanded expansion gain gains gained ' +
    'growth grow grows grew growing improve improves improved improving improvement increase increases increased innovative jump jumps jumped ' +
    'jumping lucrative optimism optimistic outpace outpaces outpaced outperform outperforms outperformed outperforming outperformance ' +
    'overweight profit profits profitable profitability progress raise raises raised rebound rebounds rebounded recover recovers recovered ' +
    'recovery resilient rise rises rose rising robust solid strength strengthen strengthens strengthened strong stronger strongest succeed ' +
    'success successful surpass surpasses surpassed top tops topped upbeat upgrade upgrades upgraded upside upturn win wins won winning',
  '-1':
    'antitrust bearish caution cautious concern concerns contract contracts contracted contraction cut cuts cutting decline declines declined ' +
    'declining decrease decreases decreased deficit delay delays delayed delist delisted deteriorate deteriorates deteriorated disappoint ' +
    'disappoints disappointed disappointing disappointment dispute downgrade downgrades downgraded downturn drop drops dropped dropping fail ' +
    'fails failed failure fall falls fell falling fear fears fine fined halt halts halted headwind headwinds impair impaired impairment ' +
    'investigate investigated investigation lawsuit lawsuits layoff layoffs litigation lose loses losing loss losses lost lower lowers lowered ' +
    'miss misses missed missing negative penalty pessimism pessimistic pressure probe probes recall recalls recalled recession reject rejects ' +
    'rejected resign resigns resigned restructuring risk risks shortage shortfall shrink shrinks shrank sink sinks sank slide slides slid slow ' +
    'slowdown slows slowed slowing sluggish slump slumps slumped stagnant struggle struggles struggled struggling subpoena sue sues sued ' +
    'suspend suspends suspended tumble tumbles tumbled underperform underperforms underperformed underweight unprofitable warn warns warned ' +
    'warning warnings weak weaken weakens weakened weaker weakness worse worsen worsens worsened worst writedown writeoff',
  '-2':
    'bankrupt bankruptcy collapse collapses collapsed crash crashes crashed crisis default defaults defaulted fraud fraudulent indicted ' +
    'indictment insolvency insolvent liquidation plummet plummets plummeted plunge plunges plunged plunging scandal',
};

/** Tone -> phrases, a comma between: they count in place of their words, the longest first. 0 takes the tone from words that have none there. */
const PHRASES: Readonly<Record<number, string>> = {
  2: 'record profit, record profits, record earnings, record revenue, takeover bid, raises guidance, raised guidance, raises outlook, raised outlook, all time high',
  1:
    'beats estimates, beat estimates, beats expectations, beat expectations, better than expected, stronger than expected, above expectations, ' +
    'above estimates, higher than expected, share buyback, stock buyback, dividend increase, raises dividend, raised dividend, price target raised, ' +
    'raises price target, narrower loss, narrows loss, narrowed loss, cuts costs, cut costs, cutting costs, cuts debt, reduces debt, lower costs, ' +
    'fda approval, wins contract, won contract, wins approval, short squeeze, record high, smaller loss, loss narrows, returns to profit, ' +
    'swings to profit, rate cut, rate cuts, cuts rates',
  0: 'gross profit, operating profit, net profit, profit margin, profit and loss, risk management, risk free, top line, top executive, new contract, growth rate, growth stocks, fine art, slow cooker, strong buy list, gains tax, capital gains, net loss per share',
  '-1':
    'misses estimates, missed estimates, misses expectations, missed expectations, worse than expected, weaker than expected, lower than expected, ' +
    'below expectations, below estimates, less than expected, price target cut, cuts price target, lowers price target, wider loss, widens loss, ' +
    'widened loss, loss widens, cuts jobs, job cuts, supply shortage, margin pressure, higher costs, rising costs, rate hike, rate hikes, ' +
    'raises rates, trade war, stake sale, share dilution, stock offering, short seller, short report, profit falls, profit fell, profit drops, ' +
    'profit slides, record low, swings to loss, fears grow, concerns grow, losses grow, growing fears, growing concern, growing concerns',
  '-2':
    'profit warning, profit warnings, going concern, chapter 11, accounting irregularities, accounting fraud, cuts guidance, cut guidance, ' +
    'lowers guidance, lowered guidance, cuts outlook, lowers outlook, lowered outlook, cuts dividend, cut dividend, suspends dividend, ' +
    'dividend cut, debt default, class action, data breach, trading halted, criminal charges, record loss',
};

/** What turns the tone of a term that follows within `NEGATION_REACH` words. Contractions are read without their apostrophe. */
export const NEGATORS: ReadonlySet<string> = new Set(
  (
    'no not never neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt hasnt havent hadnt ' +
    'avoid avoids avoided deny denies denied despite'
  ).split(' '),
);
export const NEGATION_REACH = 3;

/** Most words of a phrase. */
export const LONGEST_PHRASE = 4;

/** Terms, of several words with one space between, -> tone. */
export const TONES: ReadonlyMap<string, number> = new Map([
  ...Object.entries(WORDS).flatMap(([tone, words]) => words.split(' ').map((word) => [word, Number(tone)] as const)),
  ...Object.entries(PHRASES).flatMap(([tone, all]) => all.split(', ').map((phrase) => [phrase, Number(tone)] as const)),
]);
