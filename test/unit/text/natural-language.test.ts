import { describe, expect, it } from 'vitest';
import { foreignSentences } from '../../../src/text/natural-language';
import { proseSentences } from '../../../src/text/prose';

const foreignIn = (text: string): string[] =>
  [...foreignSentences(proseSentences(text, 'markdown'))].map((sentence) => sentence.text.trim());

describe('sentences in another language', () => {
  it.each([
    'Dieses Programm liest die Datei und schreibt das Ergebnis in den Ordner.',
    'Le serveur lit le fichier et renvoie la réponse au client.',
    'El servidor lee el archivo y devuelve la respuesta al cliente.',
    'Il programma legge il file e scrive il risultato nella cartella.',
    'O programa lê o arquivo e grava o resultado em uma pasta.',
    'Het programma leest het bestand en schrijft het resultaat naar een map.',
    'Programmet läser filen och skriver resultatet till en mapp som inte finns.',
    'Programmet læser filen og skriver ikke resultatet til en mappe.',
    'Program czyta plik i zapisuje wynik w folderze, który nie istnieje.',
    'Программа читает файл.',
    'このプログラムはファイルを読みます。',
  ])('is known: %s', (sentence) => {
    expect(foreignIn(`The server reads the file.\n\n${sentence}\n`)).toEqual([sentence]);
  });

  it.each([
    'The server reads the file and writes the result to a folder.',
    'Die casting is an old process.',
    'See the café in Rue de la Paix for more.',
    'We pass `der` and `das` to `und`, not to the host.',
    'Read Die Zeit.',
    'Run it.',
    'const os = require and es as do',
    'Add des, el, en and fr to the list of languages.',
  ])('is not taken for one: %s', (sentence) => {
    expect(foreignIn(`The server reads the file.\n\n${sentence}\n`)).toEqual([]);
  });

  it('takes the short sentences of its paragraph and the titles of its text along', () => {
    const german = 'Das Programm liest die Datei und den Ordner. Fertig.';
    expect(foreignIn(`# Titel\n\n${german}\n\n- Name\n`)).toEqual([
      'Titel',
      'Das Programm liest die Datei und den Ordner.',
      'Fertig.',
      'Name',
    ]);
    const english = 'The server reads the file. It is here.\n\nIt ends then.';
    expect(foreignIn(`# Title\n\n${english}\n\n${german}\n`)).toEqual([
      'Das Programm liest die Datei und den Ordner.',
      'Fertig.',
    ]);
  });
});
