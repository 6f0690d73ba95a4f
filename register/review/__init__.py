"""What a change does, in words, for somebody who reviews it and is no programmer."""
