package browsertest

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"slices"
)

// fewerColours leaves of a PNG's colours those of which there is most.
func fewerColours(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	full, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return err
	}
	few := image.NewPaletted(full.Bounds(), commonest(full, 256))
	draw.Draw(few, few.Rect, full, full.Bounds().Min, draw.Src)
	var small bytes.Buffer
	packer := png.Encoder{CompressionLevel: png.BestCompression}
	if err := packer.Encode(&small, few); err != nil {
		return err
	}
	return os.WriteFile(path, small.Bytes(), 0o600)
}

func commonest(img image.Image, most int) color.Palette {
	count := map[color.Color]int{}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			count[color.NRGBAModel.Convert(img.At(x, y))]++
		}
	}
	all := slices.SortedFunc(maps.Keys(count), func(c, d color.Color) int { return count[d] - count[c] })
	return all[:min(most, len(all))]
}
