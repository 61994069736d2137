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

  it('is found in no more than a moment, however deep or long it is', () => {
    expect(htmlToText('<div>'.repeat(100_000) + 'deep')).toBe('deep');
    expect(htmlToText('&amp;'.repeat(100_000))).toHaveLength(100_000);
  });
});
