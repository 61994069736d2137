import { htmlToText } from './html-text';

describe('the text of HTML', () => {
  it.each([
    ['plain  text\n here', 'plain text here'],
    ['<p>One</p><p>two<br>three</p>', 'One two three'],
    ['un<b>believ</b>able', 'unbelievable'],
    ['AT&amp;T &lt;up&gt; 5&nbsp;% &#8212; &eacute;', 'AT&T <up> 5 % — é'],
    ['5 < 6 & AT&T', '5 < 6 & AT&T'],
    ['a<script>alert("</p>")</script><style>b{}</style><!-- c -->d', 'a d'],
    ['<img src="x>y" onerror="alert(1)">safe', 'safe'],
    ['<SCRIPT>steal()', ''],
    ['<a href="javascript:alert(1)">link</a>', 'link'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
  ])('of %j is %j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it.each([
    ['<svg><svg>x</svg>y</svg>z', 'z'],
    ['<svg/>z', 'z'],
    ['x<br/>y', 'x y'],
    ['a &amp b', 'a & b'],
  ])('of %j leaves out what is hidden alone: %j', (html, text) => expect(htmlToText(html)).toBe(text));

  it('does not depend on how deep or broken it is', () => {
    for (const part of ['<div>', '<b><i>', '<p>', '<', '</', '<!--', '&'])
      expect(htmlToText(`text${part.repeat(200_000)}`)).toMatch(/^text/);
    expect(htmlToText('<div>'.repeat(200_000) + 'deep')).toBe('deep');
  });
});
