import { html, type Content, type Markup } from './markup';

/** What a column is called, and whether it has numbers. */
export type Head = readonly [string, boolean];

export const table = (heads: readonly Head[], rows: readonly (readonly Content[])[]): Markup =>
  html`<div class="scroll" tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads.map(([head, isNumber]) => html`<th scope="col" ${isNumber ? html` class="n"` : null}>${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, i) => html`<td${heads[i]![1] ? html` class="n"` : null}>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;

/** A fact a row, by its name. */
export const factsTable = (facts: readonly (readonly [string, Content])[]): Markup =>
  html`<div class="scroll" tabindex="0">
    <table>
      <tbody>
        ${facts.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
