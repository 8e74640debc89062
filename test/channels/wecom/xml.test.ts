import { readXml, writeXml } from '../../../src/channels/wecom/xml';

const read = (xml: string) => {
  const fields = readXml(xml);
  return fields && Object.fromEntries(fields);
};

describe('reading WeCom XML', () => {
  it.each([
    [
      'a number that no JavaScript number holds',
      '<MsgId>4561255354251345929</MsgId>',
      { MsgId: '4561255354251345929' },
    ],
    ['zeros in front', '<Content><![CDATA[007]]></Content>', { Content: '007' }],
    ['the word true', '<Content>true</Content>', { Content: 'true' }],
    ['an exponent', '<Content><![CDATA[1e3]]></Content>', { Content: '1e3' }],
    ['blanks and line breaks in CDATA', '<Content><![CDATA[ 一\n\n二 ]]></Content>', { Content: ' 一\n\n二 ' }],
    ['an ampersand sequence in CDATA', '<Content><![CDATA[a&amp;b &#65;]]></Content>', { Content: 'a&amp;b &#65;' }],
    ['tags in CDATA', '<Content><![CDATA[<b>1</b><]]></Content>', { Content: '<b>1</b><' }],
    ['the end of CDATA within CDATA', '<Content><![CDATA[a]]]]><![CDATA[>b]]></Content>', { Content: 'a]]>b' }],
    ['the word DOCTYPE in CDATA', '<Content><![CDATA[<!DOCTYPE html>]]></Content>', { Content: '<!DOCTYPE html>' }],
    ['the start of CDATA in CDATA', '<C><![CDATA[<![CDATA[ <!ENTITY]]></C>', { C: '<![CDATA[ <!ENTITY' }],
    [
      'escapes outside CDATA as the characters that they mean',
      '<Content>a &lt; b &amp; c</Content>',
      { Content: 'a < b & c' },
    ],
    ['an empty element', '<EventKey></EventKey>', { EventKey: '' }],
    ['nothing of what is nested', '<A>1</A><S><T>2</T></S>', { A: '1' }],
    ['nothing of what is said twice', '<A>1</A><B>2</B><A>3</A>', { B: '2' }],
  ])('keeps %s', (_, inner, fields) => expect(read(`<xml>${inner}</xml>`)).toEqual(fields));

  it.each([
    ['no XML', '{"a":1}'],
    ['nothing', ''],
    ['another root', '<html><A>1</A></html>'],
    ['a root without content', '<xml/>'],
    ['an unfinished document', '<xml><A>1'],
    ['unfinished CDATA', '<xml><A><![CDATA[1</A></xml>'],
    ['a document type', '<!DOCTYPE xml><xml><A>1</A></xml>'],
    ['a document type in small letters', '<!doctype xml><xml><A>1</A></xml>'],
    ['entities', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
    ['a document type behind CDATA', '<xml><A><![CDATA[1]]></A><!DOCTYPE xml></xml>'],
    ['a name that means something to JavaScript', '<xml><__proto__>1</__proto__></xml>'],
    ['elements in elements without end', `<xml>${'<a>'.repeat(100_000)}`],
  ])('refuses %s', (_, xml) => expect(read(xml)).toBeNull());

  it('reads back what it writes', () => {
    const fields = { Content: 'a]]>b<c>&amp;]]]]>', CreateTime: 1700000000 };
    expect(read(writeXml(fields))).toEqual({ Content: 'a]]>b<c>&amp;]]]]>', CreateTime: '1700000000' });
  });
});
