import { html } from './markup';

describe('html', () => {
  it('puts text in as text, in elements and in attributes', () => {
    const hostile = `"><script>alert('x')</script>&amp;`;
    expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;</p>',
    );
  });

  it('keeps what it made, lists of it too, and leaves nothing for nothing', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
    expect(html`${items}${null}${undefined}${0}`.text).toBe('<li>a</li><li>&lt;b&gt;</li>0');
  });
});
