/** Text that stands for text: the Latin that designers fill pages with. */

const filler = new Set(
  (
    'lorem ipsum dolor amet consectetur adipiscing adipisicing elit eiusmod tempor incididunt labore dolore magna aliqua enim ' +
    'minim veniam quis nostrud exercitation ullamco laboris nisi aliquip commodo consequat duis aute irure reprehenderit ' +
    'voluptate velit esse cillum fugiat nulla pariatur excepteur sint occaecat cupidatat proident sunt culpa officia deserunt ' +
    'mollit anim laborum vivamus vestibulum pellentesque curabitur maecenas praesent aenean suspendisse quisque vitae integer ' +
    'phasellus mauris donec fusce proin aliquam nullam etiam morbi cras nunc sagittis tincidunt facilisis facilisi ultrices ' +
    'ultricies hendrerit tristique venenatis fermentum condimentum elementum porttitor pulvinar faucibus dapibus dignissim ' +
    'egestas euismod felis feugiat fringilla gravida habitant iaculis imperdiet interdum justo lacinia lacus laoreet lectus ' +
    'libero ligula lobortis luctus malesuada massa mattis maximus metus molestie nibh nisl odio orci ornare pharetra placerat ' +
    'posuere potenti pretium purus quam rhoncus risus rutrum sapien scelerisque semper senectus netus sodales sollicitudin ' +
    'turpis ullamcorper urna varius vehicula vel velit viverra volutpat vulputate accumsan aliquet ante arcu auctor augue ' +
    'bibendum blandit congue convallis cursus diam dictum efficitur eget eleifend erat eros finibus habitasse platea dictumst ' +
    'sociis natoque penatibus magnis parturient montes nascetur ridiculus leo neque tellus tortor mus eu ' +
    'perspiciatis unde omnis iste natus voluptatem accusantium doloremque laudantium totam aperiam eaque ipsa quae illo ' +
    'inventore veritatis architecto beatae explicabo nemo ipsam quia voluptas aspernatur odit fugit consequuntur magni dolores ' +
    'ratione sequi nesciunt porro quisquam dolorem adipisci numquam eius modi tempora incidunt magnam aliquam quaerat minima ' +
    'nostrum exercitationem corporis suscipit laboriosam commodi consequatur autem vero accusamus iusto dignissimos ducimus ' +
    'blanditiis praesentium voluptatum deleniti atque corrupti quos quas molestias excepturi occaecati cupiditate provident'
  ).split(' '),
);

/** Whether most of a text's longer words are filler. */
export function isFiller(text: string): boolean {
  let hits = 0;
  let words = 0;
  for (const [word] of text.slice(0, 2000).matchAll(/\p{L}{4,}/gu)) {
    words += 1;
    if (filler.has(word.toLowerCase())) hits += 1;
  }
  return hits >= 2 && hits >= words * 0.5;
}
