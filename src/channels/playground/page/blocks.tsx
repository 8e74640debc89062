/** How each kind of block looks in a bubble. All texts go in as text, never as markup. */
import type { Block, FigureLine } from '../../content';
import { fileAddress } from './api';
import { DownloadIcon } from './icons';

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>;

export function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return <h3>{block.text}</h3>;
    case 'text':
      return <p>{block.text}</p>;
    case 'list':
      return <ListBlock block={block} />;
    case 'table':
      return <TableBlock block={block} />;
    case 'figures':
      return <FiguresBlock block={block} />;
    case 'image':
      return (
        <a class="picture" href={fileAddress(block.fileId)} target="_blank" rel="noreferrer">
          <img src={fileAddress(block.fileId)} alt={block.name} />
        </a>
      );
    case 'file':
      return <FileBlock block={block} />;
  }
}

function ListBlock({ block }: { block: Of<'list'> }) {
  const items = block.items.map((item, index) => <li key={index}>{item}</li>);
  return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

const isNumber = (cell: string): boolean => /^[+\-−]?[\d,.]+\s*%?$/.test(cell);

function TableBlock({ block }: { block: Of<'table'> }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="table" tabIndex={0} aria-label="表格，可左右滑动">
      <table>
        <thead>
          <tr>
            {block.header.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} class={isNumber(cell) ? 'number' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FiguresBlock({ block }: { block: Of<'figures'> }) {
  return (
    <table class="figures">
      <tbody>
        {block.figures.map((line) => (
          <tr key={line.label}>
            <th scope="row">{line.label}</th>
            <td class="value">
              {line.before !== null && (
                <span class="before">
                  <span class="unseen">原为 </span>
                  {line.before}
                  <span aria-hidden="true"> → </span>
                  <span class="unseen">，现为 </span>
                </span>
              )}
              <b>{line.value}</b>
            </td>
            <td class={`change ${directionOf(line)}`}>{line.change}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function directionOf({ change }: FigureLine): string {
  if (change === null) return '';
  return /^\+/.test(change) ? 'up' : /^[-−]/.test(change) ? 'down' : 'same';
}

function FileBlock({ block }: { block: Of<'file'> }) {
  const ending = /\.(\w{1,5})$/.exec(block.name)?.[1]?.toLowerCase() ?? '';
  return (
    <a class="file" href={fileAddress(block.fileId)} download={block.name} data-testid="file">
      <span class={`file-kind kind-${ending}`} aria-hidden="true">
        {ending.slice(0, 4).toUpperCase() || '文件'}
      </span>
      <span class="file-name">{block.name}</span>
      <span class="file-do">
        <DownloadIcon />
        下载
      </span>
    </a>
  );
}
