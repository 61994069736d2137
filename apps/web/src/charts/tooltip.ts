/** Lines of a tooltip as elements: text in the page, never markup, and no style attributes that the page's policy refuses. */
export function tooltipLines(lines: readonly string[]): HTMLElement {
  const box = document.createElement('div');
  for (const [index, line] of lines.entries()) {
    const row = document.createElement('div');
    row.textContent = line;
    if (index === 0) row.style.fontWeight = '600';
    box.append(row);
  }
  return box;
}
